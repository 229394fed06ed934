package dev.rondo.loop;

import dev.rondo.journal.Reaction;
import dev.rondo.journal.Reactor;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Routes;
import java.util.List;

/**
 * What looks across the phases. It stands outside the ring: it knows the phases only by what each
 * offers through {@link Phase}, and the past only by the journal.
 */
public final class Loop {

    private final HomePages home;
    private final ThreadPages thread;
    private final DoraPages dora;
    private final TimelinePages timeline;
    private final HandbookPages handbook;
    private final CommandPages commands;
    private final ChatPages chat;
    private final JournalPages journal;
    private final AuditLog auditLog;
    private final AuditPages audit;
    private final JournalFigures figures;
    private final Webhooks webhooks;
    private final WebhookPages webhookPages;
    private final DeliveryPages deliveryPages;

    public Loop(Spine spine, List<Phase> phases, Reactor reactor, Outgoing outgoing) {
        var commandList = new Commands(spine, phases);
        this.home = new HomePages(spine, phases);
        this.thread = new ThreadPages(spine.store());
        this.dora = new DoraPages(new DoraReads(spine.store()));
        this.timeline = new TimelinePages(spine.store());
        this.handbook = new HandbookPages();
        this.commands = new CommandPages(spine, commandList);
        this.chat = new ChatPages(spine, commandList);
        this.journal = new JournalPages(spine.store(), reactor);
        this.auditLog = new AuditLog(spine.store());
        this.audit = new AuditPages(auditLog, spine.access());
        this.figures = new JournalFigures(spine, reactor);
        var hooks = new WebhookStore(spine);
        this.webhooks = new Webhooks(spine, hooks, outgoing);
        this.webhookPages = new WebhookPages(hooks, webhooks);
        this.deliveryPages = new DeliveryPages(spine, webhooks);
    }

    public void routes(Routes routes) {
        home.routes(routes);
        thread.routes(routes);
        dora.routes(routes);
        timeline.routes(routes);
        handbook.routes(routes);
        commands.routes(routes);
        chat.routes(routes);
        journal.routes(routes);
        audit.routes(routes);
        webhookPages.routes(routes);
        deliveryPages.routes(routes);
    }

    public List<MenuEntry> menu() {
        return List.of(
                entry("loop.menu.home", "/projects/{project}", 10, May.READ),
                entry("loop.menu.dora", "/projects/{project}/dora", 20, May.READ),
                entry("loop.menu.timeline", "/projects/{project}/timeline", 30, May.READ),
                entry("loop.menu.commands", "/projects/{project}/commands", 40, May.READ),
                entry("loop.menu.webhooks", "/projects/{project}/webhooks", 50, May.OWN),
                entry("loop.menu.handbook", "/handbook", 60, May.SIGNED_IN),
                entry("loop.menu.history", "/history", 70, May.SIGNED_IN),
                new MenuEntry("admin", 0, "loop.menu.journal", "/admin/journal", 80, May.ADMIN),
                new MenuEntry("admin", 0, "loop.menu.audit", "/admin/audit", 85, May.ADMIN));
    }

    private static MenuEntry entry(String key, String path, int weight, May may) {
        return new MenuEntry("loop", 0, key, path, weight, may);
    }

    public List<Reaction> reactions() {
        return List.of(webhooks.reaction(), auditLog.reaction());
    }

    /** What the command box and chats understand. */
    public List<ChatCommand> commands() {
        return commands.list();
    }

    public void start() {
        webhooks.start();
        figures.start();
    }

    public void stop() {
        figures.stop();
        webhooks.stop();
    }
}
