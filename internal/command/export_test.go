package command

// StartHashers is what serve starts beside itself.
var StartHashers = startHashers

// PIDs are the processes that were started.
func (h *hashers) PIDs() (pids []int) {
	for _, b := range h.all {
		if b.cmd != nil && b.cmd.Process != nil {
			pids = append(pids, b.cmd.Process.Pid)
		}
	}
	return pids
}
