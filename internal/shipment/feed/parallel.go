package feed

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// inParallel works on items side by side and takes the results in the order of
// the items. Only a few items wait at a time.
func inParallel[I, O any](ctx context.Context, items func(give func(I) bool), worker func() func(I) O, take func(O)) error {
	type task struct {
		item   I
		result chan O
	}
	group, ctx := errgroup.WithContext(ctx)
	todo, inOrder := make(chan task), make(chan chan O, 2*runtime.GOMAXPROCS(0))
	group.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		items(func(i I) bool {
			t := task{i, make(chan O, 1)}
			select {
			case inOrder <- t.result:
				todo <- t
				return true
			case <-ctx.Done():
				return false
			}
		})
		return context.Cause(ctx)
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			work := worker()
			for t := range todo {
				t.result <- work(t.item)
			}
			return nil
		})
	}
	for result := range inOrder {
		take(<-result)
	}
	return group.Wait()
}
