package components

// NeededTask is one thing that the parcel waits for: what, why, by when, what
// happens otherwise, and where it is done.
type NeededTask struct {
	Task, Why string
	// Deadline is the last day; the zero value means that no day is set.
	Deadline Deadline
	// NoDeadline says in words that no day is set.
	NoDeadline string
	// Missed tells what happens when nothing comes.
	Missed string
	// Where tells who does it and how, in place of a button.
	Where string
	// Action and Href are the one button; empty while it can't be done here.
	Action, Href string
}

// Deadline is a last day with the days that are left and the rule behind it.
type Deadline struct {
	// Day is the last day as a stored date ("2006-01-02").
	Day string
	// Days are the days left, 0 on the last day, negative when it has passed.
	Days int
	// Rule tells in a sentence where the day comes from.
	Rule string
}
