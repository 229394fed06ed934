package dev.rondo.monitoring;

import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.monitoring.metrics.MetricLimits;
import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.pages.DynamicTemplates;
import dev.rondo.monitoring.pages.StaticTemplates;
import dev.rondo.monitoring.pages.Templates;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.PaletteSource;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Phase 8: watches what runs, judges what is new, and raises the alarm. */
public final class MonitoringPhase implements Phase {

    private final Spine spine;
    private final MetricStore metrics;
    private final Sampler sampler;
    private final JudgementWorker judge;
    private final AlertWorker alerts;
    private final ServicePages servicePages;
    private final JudgementPages judgementPages;
    private final AlertPages alertPages;
    private final SilencePages silencePages;
    private final HealthPages healthPages;
    private final MonitoringApi api;
    private final StatusCommand status;

    public MonitoringPhase(Spine spine) {
        this.spine = spine;
        metrics = MetricStore.open(spine.data().resolve("metrics"), MetricLimits.USUAL);
        sampler = new Sampler(spine.telemetry(), metrics);
        var views = new ServiceViews(metrics);
        judge =
                new JudgementWorker(
                        spine.store(),
                        spine.journal(),
                        new JudgementWorker.Means(
                                spine.texts(), spine.live(), sampler, views.reads().traffic()));
        alerts =
                new AlertWorker(
                        spine.store(),
                        spine.journal(),
                        sampler,
                        new AlertWorker.Means(
                                spine.texts(), spine.live(), spine.repositories(), views.reads()));
        Templates templates =
                Reload.templates(
                        "phases/8-monitoring/watch", StaticTemplates::new, DynamicTemplates::new);
        servicePages = new ServicePages(spine.store(), spine.texts(), templates, views);
        judgementPages = new JudgementPages(spine.store(), spine.texts(), templates, judge);
        alertPages = new AlertPages(spine.store(), spine.texts(), templates);
        silencePages = new SilencePages(spine.store(), spine.journal(), templates, alerts::wake);
        healthPages = new HealthPages(spine.telemetry(), metrics, spine.texts(), templates);
        api =
                new MonitoringApi(
                        spine.store(),
                        spine.texts(),
                        new ChartReads(metrics),
                        views.reads(),
                        judgementPages);
        status = new StatusCommand(spine.store(), spine.texts(), views);
    }

    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public int place() {
        return 8;
    }

    @Override
    public void routes(Routes routes) {
        servicePages.routes(routes);
        judgementPages.routes(routes);
        alertPages.routes(routes);
        silencePages.routes(routes);
        healthPages.routes(routes);
        api.routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        var base = "/projects/{project}/monitoring";
        return List.of(
                new MenuEntry("monitoring", 8, "monitoring.menu.services", base, 10, May.READ),
                new MenuEntry(
                        "monitoring",
                        8,
                        "monitoring.menu.judgements",
                        base + "/judgements",
                        20,
                        May.READ),
                new MenuEntry(
                        "monitoring", 8, "monitoring.menu.alerts", base + "/alerts", 30, May.READ),
                new MenuEntry(
                        "admin", 0, "monitoring.menu.health", "/monitoring/rondo", 80, May.ADMIN));
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                Panel.on(
                        "service",
                        20,
                        "monitoring.panel.service",
                        May.READ,
                        (visit, subject) ->
                                key(visit.project().name(), subject)
                                        .flatMap(key -> servicePages.panel(visit, key))
                                        .orElse(Parts.NOTHING)),
                Panel.on(
                        "rollout",
                        20,
                        "monitoring.panel.judgements",
                        May.READ,
                        judgementPages::rolloutPanel),
                Panel.on(
                        "incident",
                        20,
                        "monitoring.panel.decided",
                        May.READ,
                        judgementPages::incidentPanel),
                Panel.on("change", 80, "monitoring.panel.file", May.READ, alertPages::changePanel));
    }

    /** The service that a subject {@code service:<service>/<environment>} names. */
    private static Optional<ServiceKey> key(String project, Subject subject) {
        var slash = subject.id().lastIndexOf('/');
        return slash <= 0
                ? Optional.empty()
                : Optional.of(
                        new ServiceKey(
                                project,
                                subject.id().substring(0, slash),
                                subject.id().substring(slash + 1)));
    }

    @Override
    public List<PaletteSource> palette() {
        return List.of((visit, words, limit) ->
                visit
                        .maybeProject()
                        .filter(project -> visit.may(May.READ))
                        .map(project ->
                                spine.store().read(sql -> ServiceStore.of(sql, project.name())))
                        .orElse(List.of())
                        .stream()
                        .filter(w -> matches(w.key(), words))
                        .limit(limit)
                        .map(w ->
                                new PaletteSource.Hit(
                                        visit.text("monitoring.menu.services"),
                                        w.key().service() + " · " + w.key().environment(),
                                        w.version(),
                                        w.key().path()))
                        .toList());
    }

    private static boolean matches(ServiceKey key, String words) {
        return (key.service() + "/" + key.environment())
                .toLowerCase(Locale.ROOT)
                .contains(words.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Reaction> reactions() {
        return List.of(new MonitoringReactions(judge::wake, alerts::wake).reaction());
    }

    @Override
    public List<ChatCommand> commands() {
        return List.of(status.command());
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        return switch (subject.kind()) {
            case "service" -> key(project, subject).map(ServiceKey::path);
            case "alert" -> Optional.of("/projects/" + project + "/monitoring/alerts");
            case "judgement" ->
                    Optional.of("/projects/" + project + "/monitoring/judgements/" + subject.id());
            default -> Optional.empty();
        };
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        var base = "/projects/" + project + "/monitoring";
        var now = Micros.now();
        var silences = SilenceStore.lasting(sql, project, now);
        var firing =
                AlertStore.active(sql, project).stream()
                        .filter(row -> row.alert().state() == Alert.State.FIRING)
                        .filter(row -> Silence.of(row, silences, now).isEmpty())
                        .count();
        var open =
                JudgementStore.open(sql).stream()
                        .filter(j -> j.key().project().equals(project))
                        .count();
        var services = ServiceStore.of(sql, project).size();
        return List.of(
                Standing.of(
                        "monitoring.holds.firing",
                        firing,
                        firing > 0 ? Tone.BAD : Tone.NEUTRAL,
                        base + "/alerts"),
                Standing.of(
                        "monitoring.holds.judging",
                        open,
                        open > 0 ? Tone.ACTIVE : Tone.NEUTRAL,
                        base + "/judgements"),
                Standing.of("monitoring.holds.services", services, Tone.NEUTRAL, base));
    }

    @Override
    public void start() {
        judge.start();
        alerts.start();
        sampler.start();
        judge.wake();
        alerts.wake();
    }

    @Override
    public void stop() {
        sampler.close();
        judge.close();
        alerts.close();
        metrics.close();
    }
}
