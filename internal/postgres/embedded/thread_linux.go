package embedded

import (
	"os/exec"
	"syscall"
)

// dieWithThread has the server stop in good order when the portal dies, even by
// kill -9. The kernel ties that to the thread that started it.
func dieWithThread(cmd *exec.Cmd) { cmd.SysProcAttr.Pdeathsig = syscall.SIGINT }
