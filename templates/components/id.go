package components

import "context"

type prefixKey struct{}

// Prefixed lets the same component stand twice on a page: every id that it sets
// or refers to begins with prefix.
func Prefixed(ctx context.Context, prefix string) context.Context {
	return context.WithValue(ctx, prefixKey{}, prefix)
}

func id(ctx context.Context, name string) string {
	if prefix, ok := ctx.Value(prefixKey{}).(string); ok {
		return prefix + name
	}
	return name
}
