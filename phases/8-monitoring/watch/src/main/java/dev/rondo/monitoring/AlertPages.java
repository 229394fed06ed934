package dev.rondo.monitoring;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.monitoring.pages.Templates;
import dev.rondo.monitoring.view.AlertsView;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Alert rules, what fires, and what is wrong with the file of rules. */
final class AlertPages {

    /** What happened longer ago is found in the journal. */
    private static final long PAST = 7 * 86_400_000_000L;

    private static final int LINES = 50;

    private final Store store;
    private final Texts texts;
    private final Templates templates;

    AlertPages(Store store, Texts texts, Templates templates) {
        this.store = store;
        this.texts = texts;
        this.templates = templates;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/monitoring/alerts", May.READ, this::show);
    }

    private void show(Visit visit) {
        var project = visit.project().name();
        var words = new Words(texts, visit.locale());
        var view =
                store.read(sql -> {
                    var file = AlertStore.file(sql, project);
                    return new AlertsView(
                            AlertViews.active(
                                    AlertStore.active(sql, project),
                                    SilenceStore.lasting(sql, project, Micros.now()),
                                    words),
                            AlertViews.past(past(sql, project), words),
                            AlertViews.rules(AlertStore.rules(sql, project), words),
                            file.flatMap(AlertStore.RuleFile::problem)
                                    .map(bad -> sentence(bad, words))
                                    .orElse(""),
                            file.filter(f -> !f.content().isBlank())
                                    .map(AlertStore.RuleFile::revision)
                                    .orElse(""));
                });
        visit.page(
                Page.titled(visit.text("monitoring.alerts.title")).menu("monitoring.menu.alerts"),
                templates.alerts(visit, view));
    }

    private static List<Event> past(Handle sql, String project) {
        var since = Micros.now() - PAST;
        var events =
                new ArrayList<>(JournalReads.ofKind(sql, project, Kind.ALERT_FIRED, since, 10_000));
        events.addAll(JournalReads.ofKind(sql, project, Kind.ALERT_SILENCED, since, 10_000));
        events.addAll(JournalReads.ofKind(sql, project, Kind.ALERT_RESOLVED, since, 10_000));
        return events.stream()
                .sorted(Comparator.comparingLong(Event::seq).reversed())
                .limit(LINES)
                .toList();
    }

    static String sentence(AlertFile.Read.Bad bad, Words words) {
        return words.text(
                "monitoring.file.problem",
                AlertFile.PATH,
                bad.line(),
                bad.column(),
                words.text("monitoring.file." + bad.key(), bad.arguments().toArray()));
    }

    /** On the page of the push that brought a file which cannot be read. */
    Content changePanel(Visit visit, Subject change) {
        var project = visit.project().name();
        return store.read(sql -> AlertStore.file(sql, project))
                .filter(file -> file.revision().equals(change.id()))
                .flatMap(AlertStore.RuleFile::problem)
                .<Content>map(bad ->
                        templates.problem(visit, sentence(bad, new Words(texts, visit.locale()))))
                .orElse(Parts.NOTHING);
    }
}
