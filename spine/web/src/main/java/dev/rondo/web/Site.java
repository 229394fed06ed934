package dev.rondo.web;

import dev.rondo.access.Access;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** All that the phases bring to the pages, put together once by the program before the start. */
public final class Site {

    private final Gatekeeper gatekeeper;
    private final Texts texts;
    private final Optional<AccountRoutes> accounts;
    private final Assets assets = new Assets();
    private final Live live = new Live();
    private final List<MenuEntry> menu = new ArrayList<>();
    private final List<Panel> panels = new ArrayList<>();
    private final List<PaletteSource> palette = new ArrayList<>();
    private Links links = (project, subject) -> Optional.empty();
    private BooleanSupplier ready = () -> true;
    private Optional<ProcessTelemetry> telemetry = Optional.empty();
    private Function<Visit, Optional<String>> banner = visit -> Optional.empty();

    /** With the pages of accounts: sign-in, first account, own account, administration, members. */
    public Site(Store store, Access access, Texts texts) {
        this(Gatekeeper.of(access), texts, Optional.of(new AccountRoutes(store, access)));
        menu(AccountRoutes.MENU);
    }

    /** Without accounts of its own, such as in a test. */
    public Site(Gatekeeper gatekeeper, Texts texts) {
        this(gatekeeper, texts, Optional.empty());
    }

    private Site(Gatekeeper gatekeeper, Texts texts, Optional<AccountRoutes> accounts) {
        this.gatekeeper = gatekeeper;
        this.texts = texts;
        this.accounts = accounts;
    }

    public Site menu(List<MenuEntry> entries) {
        menu.addAll(entries);
        menu.sort(Comparator.comparingInt(MenuEntry::place).thenComparingInt(MenuEntry::weight));
        return this;
    }

    public Site panels(List<Panel> more) {
        panels.addAll(more);
        return this;
    }

    public Site palette(List<PaletteSource> more) {
        palette.addAll(more);
        return this;
    }

    public Site links(Links resolver) {
        this.links = resolver;
        return this;
    }

    /** What /readyz answers from. */
    public Site ready(BooleanSupplier isReady) {
        this.ready = isReady;
        return this;
    }

    /** What /metrics prints and the access log counts into. */
    public Site telemetry(ProcessTelemetry process) {
        this.telemetry = Optional.of(process);
        return this;
    }

    /** A warning on every page for those whom it concerns, such as a sandbox that is off. */
    public Site banner(Function<Visit, Optional<String>> text) {
        this.banner = text;
        return this;
    }

    public Texts texts() {
        return texts;
    }

    public Live live() {
        return live;
    }

    public Assets assets() {
        return assets;
    }

    Optional<AccountRoutes> accounts() {
        return accounts;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    List<MenuEntry> menu() {
        return menu;
    }

    List<Panel> panels() {
        return panels;
    }

    List<PaletteSource> palette() {
        return palette;
    }

    Links links() {
        return links;
    }

    boolean isReady() {
        return ready.getAsBoolean();
    }

    Optional<ProcessTelemetry> telemetry() {
        return telemetry;
    }

    Optional<String> banner(Visit visit) {
        return banner.apply(visit);
    }
}
