package dev.rondo.actions;

import java.util.List;

/** The tree of an expression. */
sealed interface Expr {

    record Literal(Value value) implements Expr {}

    record Context(String name) implements Expr {}

    record Call(String function, List<Expr> arguments) implements Expr {}

    record Index(Expr target, Expr index) implements Expr {}

    /** {@code .*} or {@code [*]}, only as an index. */
    record Star() implements Expr {}

    record Not(Expr operand) implements Expr {}

    record Compare(Token.Kind operator, Expr left, Expr right) implements Expr {}

    record And(List<Expr> operands) implements Expr {}

    record Or(List<Expr> operands) implements Expr {}

    /** What stands below. */
    default List<Expr> children() {
        return switch (this) {
            case Literal l -> List.of();
            case Context c -> List.of();
            case Star s -> List.of();
            case Call call -> call.arguments();
            case Index i -> List.of(i.target(), i.index());
            case Not n -> List.of(n.operand());
            case Compare c -> List.of(c.left(), c.right());
            case And a -> a.operands();
            case Or o -> o.operands();
        };
    }
}
