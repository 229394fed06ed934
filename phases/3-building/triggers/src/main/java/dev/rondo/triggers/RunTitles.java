package dev.rondo.triggers;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.engine.RunInputs;
import dev.rondo.engine.Workshop;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.settings.VariableStore;
import dev.rondo.store.Tx;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code run-name} gives, once the run has its number. */
final class RunTitles {
    private static final Logger LOG = LoggerFactory.getLogger(RunTitles.class);
    private static final int MOST_CHARACTERS = 255;

    private final Workshop shop;

    RunTitles(Workshop shop) {
        this.shop = shop;
    }

    /** The run with the title that its workflow wants; without one it keeps what it has. */
    Run put(Tx tx, Run run, Workflow workflow) {
        Optional<String> wanted =
                workflow.runName().flatMap(name -> title(tx, name, run, workflow));
        if (wanted.isEmpty()) {
            return run;
        }
        tx.sql().execute("UPDATE building_runs SET title = ? WHERE id = ?", wanted.get(), run.id());
        return RunRows.run(tx.sql(), run.id()).orElseThrow();
    }

    private Optional<String> title(Tx tx, Template name, Run run, Workflow workflow) {
        try {
            Map<String, Value> github = shop.github(tx.sql(), run, workflow);
            Scope scope =
                    Scope.of(
                            Map.of(
                                    "github",
                                    Value.of(github),
                                    "inputs",
                                    RunInputs.of(workflow, github),
                                    "vars",
                                    Value.texts(VariableStore.open(tx.sql(), run.project(), ""))));
            String title = name.value(scope).text().strip();
            return Optional.of(title.substring(0, Math.min(title.length(), MOST_CHARACTERS)))
                    .filter(text -> !text.isEmpty());
        } catch (ExpressionFault e) {
            LOG.debug("run-name of {} gives nothing: {}", workflow.file(), e.message());
            return Optional.empty();
        }
    }
}
