package dev.rondo.actions;

import dev.rondo.actions.Value.Arr;
import dev.rondo.actions.Value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks a tree once. Counts what it makes, so that no expression can eat the memory. */
final class Evaluator {
    private final Scope scope;
    private long made;

    Evaluator(Scope scope) {
        this.scope = scope;
    }

    Value value(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value();
            case Expr.Context context -> scope.contexts().get(context.name()).orElse(Value.NOTHING);
            case Expr.Not not -> Value.of(!value(not.operand()).truthy());
            case Expr.And and -> first(and.operands(), false);
            case Expr.Or or -> first(or.operands(), true);
            case Expr.Compare compare ->
                    Value.of(
                            Comparison.holds(
                                    compare.operator(),
                                    value(compare.left()),
                                    value(compare.right())));
            case Expr.Index index -> index(value(index.target()), index.index());
            case Expr.Call call -> call(call);
            case Expr.Star star -> throw new IllegalStateException("a star stands alone");
        };
    }

    private Value first(List<Expr> operands, boolean wanted) {
        Value last = Value.NOTHING;
        for (Expr operand : operands) {
            last = value(operand);
            if (last.truthy() == wanted) {
                return last;
            }
        }
        return last;
    }

    private Value call(Expr.Call call) {
        var arguments = new ArrayList<Value>(call.arguments().size());
        for (Expr argument : call.arguments()) {
            arguments.add(value(argument));
        }
        Function<List<Value>, Value> own = scope.functions().get(call.function());
        Value result =
                own != null ? own.apply(arguments) : Functions.call(call.function(), arguments);
        if (result instanceof Value.Text text) {
            made += 26L + 2L * text.text().length();
            if (made > scope.memory()) {
                throw ExpressionFault.evaluation("The maximum allowed memory size was exceeded");
            }
        }
        return result;
    }

    private Value index(Value target, Expr index) {
        if (index instanceof Expr.Star) {
            return target instanceof Arr arr && arr.filtered()
                    ? new Arr(arr.items().stream().flatMap(i -> inside(i).stream()).toList(), true)
                    : new Arr(inside(target), true);
        }
        Value key = value(index);
        if (target instanceof Arr arr && arr.filtered()) {
            var found = new ArrayList<Value>();
            for (Value item : arr.items()) {
                found.addAll(member(item, key));
            }
            return new Arr(found, true);
        }
        List<Value> found = member(target, key);
        return found.isEmpty() ? Value.NOTHING : found.getFirst();
    }

    private static List<Value> inside(Value value) {
        return switch (value) {
            case Arr arr -> arr.items();
            case Obj obj -> List.copyOf(obj.entries().values());
            default -> List.of();
        };
    }

    /** The one member, or none. */
    private static List<Value> member(Value target, Value key) {
        return switch (target) {
            case Obj obj when key.primitive() ->
                    obj.get(key.text()).map(List::of).orElse(List.of());
            case Arr arr -> {
                double number = Math.floor(key.number());
                yield number >= 0 && number < arr.items().size()
                        ? List.of(arr.items().get((int) number))
                        : List.of();
            }
            default -> List.of();
        };
    }
}
