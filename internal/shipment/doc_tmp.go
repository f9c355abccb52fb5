package shipment

import "strings"

// Tag is the main status a subtag belongs to; empty for an empty subtag.
func (s Subtag) Tag() Tag {
	head, _, _ := strings.Cut(string(s), "_")
	return Tag(head)
}
