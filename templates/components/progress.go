package components

// Step is one stage of a parcel's way.
type Step struct {
	Name  string
	State StepState
}

// StepState tells where a parcel stands with a stage; shown by a word and a shape.
type StepState string

// The states of a stage.
const (
	StepDone StepState = "done" // behind it
	StepNow  StepState = "now"  // there it is
	StepNext StepState = "next" // to come
	StepStop StepState = "stop" // left the usual way here: it goes back, or was lost
)
