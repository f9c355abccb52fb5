package pages

// Way, MaskPhone and MaskEmail are tested by table.
var (
	Way       = way
	MaskPhone = maskPhone
	MaskEmail = maskEmail
)
