//go:build unix

package embedded

// SocketFolder is where the socket of a data folder lies.
func SocketFolder(dir string) string { return layoutOf(dir, oldest).socket }
