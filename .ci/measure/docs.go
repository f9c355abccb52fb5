package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
)

// docs lists exported names without a doc comment, by file and line.
func docs(sources []source) (missing []string, err error) {
	set := token.NewFileSet()
	exported := 0
	for _, s := range sources {
		if s.test {
			continue
		}
		file, err := parser.ParseFile(set, s.path, s.text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			for _, bare := range undocumented(decl, &exported) {
				missing = append(missing, fmt.Sprintf("%s: %s has no doc comment", set.Position(bare.Pos()), bare.Name))
			}
		}
	}
	fmt.Printf("exported names %d, undocumented %d\n", exported, len(missing))
	return missing, nil
}

// undocumented gives the exported names of one declaration that nothing
// documents; a comment over a group of constants or variables covers its names.
func undocumented(decl ast.Decl, exported *int) (bare []*ast.Ident) {
	look := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		*exported++
		for _, doc := range docs {
			if doc != nil {
				return
			}
		}
		bare = append(bare, name)
	}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || receiverExported(d.Recv) {
			look(d.Name, d.Doc)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				look(spec.Name, spec.Doc, d.Doc)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					look(name, spec.Doc, spec.Comment, d.Doc)
				}
			}
		}
	}
	return bare
}

func receiverExported(list *ast.FieldList) bool {
	t := list.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}
