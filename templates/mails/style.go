package mails

import (
	"github.com/a-h/templ"

	"ecms/portal/internal/locale"
)

// The styles stand in each tag, since many mail programs keep no others. Colours
// come twice: for programs that know only the light ones, and for both.
const (
	paper templ.SafeCSS = "margin:0;padding:24px 12px;background:#FBFAF7;background:light-dark(#FBFAF7,#101418);" + face
	sheet templ.SafeCSS = "max-width:560px;margin:0 auto;background:#FFFFFF;background:light-dark(#FFFFFF,#171C21);" +
		"border:1px solid #D9DDE1;border-color:light-dark(#D9DDE1,#2C343C);" + ink
	top     templ.SafeCSS = "margin:0;padding:16px 24px;border-bottom:1px solid #D9DDE1;border-color:light-dark(#D9DDE1,#2C343C);" + ink
	body    templ.SafeCSS = "padding:24px 24px 8px;"
	foot    templ.SafeCSS = "padding:16px 24px 8px;border-top:1px solid #D9DDE1;border-color:light-dark(#D9DDE1,#2C343C);"
	heading templ.SafeCSS = "margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:650;" + ink
	said    templ.SafeCSS = "margin:0 0 16px;" + ink
	items   templ.SafeCSS = "margin:0 0 16px;padding:0 0 0 24px;" + ink
	soft    templ.SafeCSS = "margin:0 0 12px;font-size:14px;color:#4A5763;color:light-dark(#4A5763,#A9B4BE);"
	pressed templ.SafeCSS = "margin:0 0 24px;"
	button  templ.SafeCSS = "display:inline-block;padding:12px 20px;border-radius:6px;font-weight:600;text-decoration:none;background:#0B4F6C;background:light-dark(#0B4F6C,#6FC3E4);color:#FFFFFF;color:light-dark(#FFFFFF,#101418);"
	link    templ.SafeCSS = "color:#0B4F6C;color:light-dark(#0B4F6C,#6FC3E4);word-break:break-all;overflow-wrap:anywhere;"
	digits  templ.SafeCSS = "margin:0 0 24px;font:600 28px/1.3 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:2px;" + ink
	root    templ.SafeCSS = "color-scheme:light dark;"
	ink                   = "color:#14202B;color:light-dark(#14202B,#EEF2F5);"
	face                  = "font:16px/1.55 ui-sans-serif,system-ui,-apple-system,Segoe UI,Roboto,PingFang SC,Microsoft YaHei,Apple SD Gothic Neo,Malgun Gothic,sans-serif;"
)

// paperFor is the paper with the line breaks of a language: Korean breaks between
// words alone.
func paperFor(l locale.Language) templ.SafeCSS {
	if l == locale.Korean {
		return paper + "word-break:keep-all;"
	}
	return paper
}
