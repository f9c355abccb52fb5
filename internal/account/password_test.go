package account_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/account"
)

func TestPasswordsRefused(t *testing.T) {
	t.Parallel()
	const email = "mei.lin@example.com"
	tests := map[string][]string{
		"password.empty": {""},
		"password.short": {"a", "14 characters!", "비밀번호는열네자이내로만", strings.Repeat("é", 14)},
		"password.long":  {strings.Repeat("a1 ", 43), strings.Repeat("水", 129)},
		"password.common": {
			"123456789012345", "1234567890123456", "111111111111111", "passwordpassword", "password12345678", "Password1234567!", "P@ssw0rdP@ssw0rd",
			"p4ssw0rd20242024", "qwertyuiopasdfgh", "qwertyuiop12345", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i", "zxcvbnmasdfghjkl", "abcdefghijklmnop",
			"987654321987654321", "iloveyouiloveyou", "iloveyou19870312", "letmein letmein letmein", "welcome welcome 2026", "correct horse battery staple",
			"correcthorsebatterystaple", "thequickbrownfoxjumpsoverthelazydog", "maytheforcebewithyou", "May the force be with you!", "ecmsexpress2026!", "ecms ecms ecms ecms",
			"shanghai20260101", "administrator123", "changemechangeme", "aaaaaaaaaaaaaaaaaaaab", "abcabcabcabcabcabc", "dragon1234567890", "1234567890dragon", "monkey!monkey!monkey!",
			"woaini1314woaini1314", "dkssudgktpdydkssudgktpdy", "tkfkdgo123456789", "사랑해사랑해사랑해사랑해사랑해", "我爱你我爱你我爱你我爱你我爱你", "一二三四五六七八九十一二三四五",
			"ㅁㄴㅇㄹㅁㄴㅇㄹㅁㄴㅇㄹㅁㄴㅇㄹ", "1qazxsw23edcvfr4", "q1w2e3r4t5y6u7i8o9p0", "12345678987654321", "111222333444555", "michaeljackson1", "314159265358979",
			"sunshine sunshine", "20260310 20260310", "qwerty qwerty qwerty", "password\tpassword", "PASSWORDPASSWORDPASSWORD", "mei.linmei.linmei.lin",
		},
		"password.email": {
			"mei.lin@example.com", "MEI.LIN@EXAMPLE.COM", "mei.lin.mei.lin.2026", "mei.lin@example.com1", "mei lin mei lin mei", "linmeilinmei2026", "meilin@example.com!", "example.com mei.lin",
		},
		"": {
			password, second, "fünfzehn Zeichen sind genug", "비밀번호는 길수록 좋습니다 정말로", "长一点的密码更安全而且容易记住吧", "xkq vw tzrb mpl nd", "8f3Kq0zLp2Vw9Yx", "blue lantern over seven bridges",
			strings.Repeat("水曜", 2) + " Kx9 tomato engine", "summer winter spring autumn kettle", "              x7 qv          9 rk bz",
		},
	}
	for want, list := range tests {
		for _, p := range list {
			if got := account.PasswordKey(p, email); got != want {
				t.Errorf("%q: got %q, want %q", p, got, want)
			}
		}
	}
}

// TestLengthCountsComposedCharacters, since that is what is hashed.
func TestLengthCountsComposedCharacters(t *testing.T) {
	t.Parallel()
	const composed = "é 가 ü ọ ñ å š ż" // 15
	if got := account.PasswordKey(norm.NFD.String(composed), "a@b.example"); got != "" {
		t.Errorf("15 characters in pieces: %q", got)
	}
	if got := account.PasswordKey(norm.NFD.String(composed[:len(composed)-len("ż")-1]), "a@b.example"); got != "password.short" {
		t.Errorf("13 characters in pieces: %q", got)
	}
}

// TestRefusingIsQuick even for the longest password.
func TestRefusingIsQuick(t *testing.T) {
	t.Parallel()
	for _, p := range []string{strings.Repeat("a", 128), strings.Repeat("ab1", 42), strings.Repeat("水", 128), strings.Repeat("qwertyuiop", 12)} {
		start := time.Now()
		if account.PasswordKey(p, "a@b.example") == "" {
			t.Errorf("%q was let through", p[:3])
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q... took %s", p[:3], took)
		}
	}
}

// TestPiecesAreWell: lower case, none twice, none that another makes up with digits.
func TestPiecesAreWell(t *testing.T) {
	t.Parallel()
	pieces := account.Pieces()
	if len(pieces) < 4000 {
		t.Fatalf("only %d pieces", len(pieces))
	}
	for p := range pieces {
		stem := strings.TrimRight(p, "0123456789")
		if p != strings.ToLower(p) || strings.ContainsAny(p, " \t\r") || len([]rune(p)) < 2 || stem != p && len(p)-len(stem) <= 4 && pieces[stem] {
			t.Errorf("%q", p)
		}
	}
}
