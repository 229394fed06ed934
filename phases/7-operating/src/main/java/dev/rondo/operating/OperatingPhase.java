package dev.rondo.operating;

import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Panel;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import dev.rondo.web.Urls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;

/** The seventh phase: services, incidents, and the people who are called. */
public final class OperatingPhase implements Phase {

    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30));

    private final IncidentPages incidentPages;
    private final IncidentApi api;
    private final ServicePages servicePages;
    private final ReviewPages reviewPages;
    private final SettingsPages settingsPages;
    private final IncidentPanels panels;
    private final IncidentCommands commands;
    private final OperatingReactions reactions;
    private final Notifier notifier;

    /**
     * @param mail the server that Rondo is started with, if it is; then it cannot be changed on a
     *     page
     */
    public OperatingPhase(Spine spine, Outgoing webhooks, Optional<MailServer> mail) {
        this(
                spine,
                new Outside(
                        webhooks,
                        mail.map(server ->
                                new ChannelSettings.Mail(
                                        server.host(),
                                        server.port(),
                                        server.security(),
                                        server.account(),
                                        server.password(),
                                        server.sender()))),
                PAUSES);
    }

    /**
     * @param pauses between the tries of a notification
     */
    OperatingPhase(Spine spine, Outside outside, List<Duration> pauses) {
        var signal = new Semaphore(0);
        var notifications = new Notifications(outside, signal::release);
        var incidents = new Incidents(spine.journal(), spine.live(), notifications);
        var reads = new IncidentReads(spine.texts());
        this.incidentPages = new IncidentPages(spine, incidents, reads);
        this.api = new IncidentApi(spine, incidents, incidentPages, reads);
        this.servicePages = new ServicePages(spine, reads);
        this.reviewPages = new ReviewPages(spine, incidentPages, reads);
        this.settingsPages = new SettingsPages(spine, outside);
        this.panels = new IncidentPanels(spine, reads);
        this.commands = new IncidentCommands(spine, incidents, incidentPages);
        this.reactions = new OperatingReactions(incidents);
        this.notifier = new Notifier(spine, incidents, outside, signal, pauses);
    }

    @Override
    public String name() {
        return "operating";
    }

    @Override
    public int place() {
        return 7;
    }

    @Override
    public void routes(Routes routes) {
        incidentPages.routes(routes);
        reviewPages.routes(routes);
        servicePages.routes(routes);
        settingsPages.routes(routes);
        api.routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        var base = "/projects/{project}/operating/";
        return List.of(
                new MenuEntry(
                        "operating", 7, "operating.menu.services", base + "services", 10, May.READ),
                new MenuEntry(
                        "operating",
                        7,
                        "operating.menu.incidents",
                        base + "incidents",
                        20,
                        May.READ),
                new MenuEntry(
                        "operating",
                        7,
                        "operating.menu.notifications",
                        base + "notifications",
                        30,
                        May.OWN),
                new MenuEntry("admin", 0, "operating.menu.mail", "/admin/mail", 50, May.ADMIN));
    }

    @Override
    public List<Panel> panels() {
        return panels.all();
    }

    @Override
    public List<Reaction> reactions() {
        return reactions.all();
    }

    @Override
    public List<ChatCommand> commands() {
        return commands.all();
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        return switch (subject.kind()) {
            case "incident" ->
                    Optional.of("/projects/" + project + "/operating/incidents/" + subject.id());
            case "service" ->
                    Optional.of(ServicePages.path(project) + "/" + Urls.path(subject.id()));
            default -> Optional.empty();
        };
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        long open = IncidentStore.countOpen(sql, project);
        var base = "/projects/" + project + "/operating/";
        return List.of(
                Standing.of(
                        "operating.holds.incidents",
                        open,
                        open > 0 ? Tone.BAD : Tone.GOOD,
                        base + "incidents"),
                Standing.of(
                        "operating.holds.services",
                        ServiceStore.count(sql, project),
                        Tone.NEUTRAL,
                        base + "services"));
    }

    @Override
    public void start() {
        notifier.start();
    }

    @Override
    public void stop() {
        notifier.stop();
    }
}
