package dev.rondo.triggers;

import dev.rondo.engine.Workshop;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.util.List;
import java.util.Map;

/** Switches a workflow off and on; one that is off starts nothing. */
public final class WorkflowSwitch {
    private final Workshop shop;

    public WorkflowSwitch(Workshop shop) {
        this.shop = shop;
    }

    public void put(WorkflowRow row, String state, String by) {
        shop.spine()
                .store()
                .update(tx -> {
                    if (WorkflowRows.put(tx, row, state)) {
                        String action =
                                state.equals(WorkflowRow.ACTIVE)
                                        ? "workflow.enabled"
                                        : "workflow.disabled";
                        shop.runs()
                                .append(
                                        tx,
                                        row.project(),
                                        Subject.of("account", by),
                                        by,
                                        new Fact.AuditRecorded(
                                                action,
                                                row.project() + "/" + row.fileName(),
                                                Map.of()),
                                        List.of());
                    }
                });
    }
}
