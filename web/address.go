package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// addressOf tells who asks: the peer of the connection, or, when that is one of
// our own proxies, the last address in X-Forwarded-For that is not. Nobody else
// can set it: headers of strangers are not read at all.
func addressOf(r *http.Request, proxies []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil { // no TCP peer: all such callers share one limit
		return netip.IPv6Unspecified()
	}
	address := peer.Addr().Unmap().WithZone("")
	if !within(proxies, address) {
		return address
	}
	lines := r.Header["X-Forwarded-For"]
	for i := len(lines) - 1; i >= 0; i-- {
		hops := strings.Split(lines[i], ",")
		for j := len(hops) - 1; j >= 0; j-- {
			hop, err := parseHop(strings.TrimSpace(hops[j]))
			if err != nil {
				return address
			}
			address = hop
			if !within(proxies, address) {
				return address
			}
		}
	}
	return address
}

// parseHop reads one address of X-Forwarded-For; some proxies add a port.
func parseHop(text string) (netip.Addr, error) {
	if withPort, err := netip.ParseAddrPort(text); err == nil {
		return withPort.Addr().Unmap().WithZone(""), nil
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	return a.Unmap().WithZone(""), err
}

// throughProxy tells whether the request came by one of our own proxies, whose
// word on the outer scheme counts.
func throughProxy(r *http.Request, proxies []netip.Prefix) bool {
	if len(proxies) == 0 {
		return false
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && within(proxies, peer.Addr().Unmap())
}

func within(ranges []netip.Prefix, a netip.Addr) bool {
	for _, p := range ranges {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// household is the smallest unit that limits count by: one IPv4 address, or the
// /64 that an IPv6 customer can roam in freely.
func household(a netip.Addr) netip.Prefix {
	return cut(a, 32, 64)
}

// network is the /24 or /48 around an address, the unit of the wider limits.
func network(a netip.Addr) netip.Prefix {
	return cut(a, 24, 48)
}

func cut(a netip.Addr, bits4, bits6 int) netip.Prefix {
	bits := bits6
	if a.Is4() {
		bits = bits4
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
