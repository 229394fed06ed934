package dev.rondo.monitoring;

import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.ChatCommand.Answer;
import dev.rondo.phase.ChatCommand.Call;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Texts;
import java.util.ArrayList;

/** {@code /status shop [production]}: how a service does, in words. */
final class StatusCommand {

    private final Store store;
    private final Texts texts;
    private final ServiceViews views;

    StatusCommand(Store store, Texts texts, ServiceViews views) {
        this.store = store;
        this.texts = texts;
        this.views = views;
    }

    ChatCommand command() {
        return new ChatCommand("status", "monitoring.command.usage", May.READ, this::run);
    }

    private Answer run(Call call) {
        var words = new Words(texts, call.locale());
        var project = call.project().name();
        var wanted = call.words();
        if (wanted.size() > 2) {
            return Answer.refused(words.text("monitoring.command.words"));
        }
        var services =
                store.read(sql -> ServiceStore.of(sql, project)).stream()
                        .filter(w -> wanted.isEmpty() || w.key().service().equals(wanted.get(0)))
                        .filter(w ->
                                wanted.size() < 2 || w.key().environment().equals(wanted.get(1)))
                        .toList();
        if (services.isEmpty()) {
            return Answer.refused(
                    wanted.isEmpty()
                            ? words.text("monitoring.command.none")
                            : words.text("monitoring.command.unknown", String.join("/", wanted)));
        }
        var alerts = store.read(sql -> AlertStore.active(sql, project));
        var now = Micros.now();
        var lines = new ArrayList<String>();
        for (var service : services) {
            var line = views.line(service, alerts, words, now);
            lines.add(
                    words.text(
                            "monitoring.command.line",
                            line.service(),
                            line.environment(),
                            line.version().isEmpty() ? "–" : line.version(),
                            line.rate(),
                            line.errorRatio(),
                            line.latency(),
                            line.instances(),
                            line.firing()));
        }
        return Answer.done(
                String.join("\n", lines),
                services.size() == 1
                        ? services.getFirst().key().path()
                        : "/projects/" + project + "/monitoring");
    }
}
