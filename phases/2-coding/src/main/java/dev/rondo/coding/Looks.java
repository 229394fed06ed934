package dev.rondo.coding;

import dev.rondo.coding.pages.DynamicTemplates;
import dev.rondo.coding.pages.StaticTemplates;
import dev.rondo.coding.pages.Templates;
import dev.rondo.web.Reload;
import dev.rondo.web.Visit;
import java.text.NumberFormat;

/** How things look: the templates, and sizes in the reader's language. */
record Looks(Templates templates) {

    static final String STYLE = "coding/coding.css";
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    Looks() {
        this(Reload.templates("phases/2-coding", StaticTemplates::new, DynamicTemplates::new));
    }

    static String size(Visit visit, long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        var format = NumberFormat.getInstance(visit.locale());
        format.setMaximumFractionDigits(value < 10 && unit > 0 ? 1 : 0);
        return format.format(value) + "\u00a0" + UNITS[unit];
    }

    /** As editors count: a line break at the end begins no new line. */
    static int lines(String text) {
        int breaks = (int) text.chars().filter(sign -> sign == '\n').count();
        return text.isEmpty() || text.endsWith("\n") ? breaks : breaks + 1;
    }
}
