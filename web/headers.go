package web

import "net/http"

// The answers' protection, the same on every one. The values are shared slices,
// so that setting them costs no allocation; nobody may write into them.
var (
	headerPolicy = []string{"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"}
	headerTransport   = []string{"max-age=31536000; includeSubDomains"}
	headerNoSniff     = []string{"nosniff"}
	headerReferrer    = []string{"same-origin"}
	headerOpener      = []string{"same-origin"}
	headerResource    = []string{"same-origin"}
	headerPermissions = []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=()"}

	// A body in chunks may have come with a length as well, which net/http hides:
	// where it ended for others on the way is unsure (RFC 9112, section 6.1).
	headerClose = []string{"close"}

	headerVary       = []string{"Accept-Encoding, Accept-Language, Cookie"}
	headerRevalidate = []string{"private, max-age=0, must-revalidate"}
	headerNoStore    = []string{"no-store"}
	headerGzip       = []string{"gzip"}
	headerHTML       = []string{"text/html; charset=utf-8"}
	headerText       = []string{"text/plain; charset=utf-8"}
	headerJPEG       = []string{"image/jpeg"}
	headerPDF        = []string{"application/pdf"}
	headerInline     = []string{"inline"}
	headerJSON       = []string{"application/json; charset=utf-8"}
)

// protect sets the headers that every answer carries.
func protect(h http.Header, id string, secure bool) {
	h["Content-Security-Policy"] = headerPolicy
	h["X-Content-Type-Options"] = headerNoSniff
	h["Referrer-Policy"] = headerReferrer
	h["Cross-Origin-Opener-Policy"] = headerOpener
	h["Cross-Origin-Resource-Policy"] = headerResource
	h["Permissions-Policy"] = headerPermissions
	h["X-Request-Id"] = []string{id}
	if secure {
		h["Strict-Transport-Security"] = headerTransport
	}
}
