package dev.rondo.natives;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The distributions of Java: their folders in the tool cache, and how their files name the maker.
 */
final class JavaVendors {
    private record Vendor(String folder, List<String> makers) {}

    private static final Map<String, Vendor> KNOWN =
            Map.ofEntries(
                    Map.entry(
                            "temurin", new Vendor("Temurin-Hotspot", List.of("Eclipse Adoptium"))),
                    Map.entry("adopt", new Vendor("Adopt-Hotspot", List.of("AdoptOpenJDK"))),
                    Map.entry(
                            "adopt-hotspot", new Vendor("Adopt-Hotspot", List.of("AdoptOpenJDK"))),
                    Map.entry("adopt-openj9", new Vendor("Adopt-OpenJ9", List.of("AdoptOpenJDK"))),
                    Map.entry("zulu", new Vendor("Zulu", List.of("Azul"))),
                    Map.entry("liberica", new Vendor("Liberica", List.of("BellSoft"))),
                    Map.entry("microsoft", new Vendor("Microsoft", List.of("Microsoft"))),
                    Map.entry("corretto", new Vendor("Corretto", List.of("Amazon"))),
                    Map.entry("oracle", new Vendor("Oracle", List.of("Oracle"))),
                    Map.entry("semeru", new Vendor("IBM_Semeru", List.of("IBM", "International"))),
                    Map.entry("dragonwell", new Vendor("Dragonwell", List.of("Alibaba"))),
                    Map.entry("sapmachine", new Vendor("SapMachine", List.of("SAP"))),
                    Map.entry("graalvm", new Vendor("GraalVM", List.of("Oracle", "GraalVM"))),
                    Map.entry(
                            "graalvm-community",
                            new Vendor("GraalVM-Community", List.of("GraalVM"))),
                    Map.entry("jetbrains", new Vendor("JetBrains", List.of("JetBrains"))),
                    Map.entry("kona", new Vendor("Kona", List.of("Tencent"))));

    private JavaVendors() {}

    static boolean known(String distribution) {
        return KNOWN.containsKey(distribution);
    }

    static String folder(String distribution) {
        Vendor vendor = KNOWN.get(distribution);
        return vendor == null ? distribution : vendor.folder();
    }

    static boolean made(Tool tool, String distribution) {
        Vendor vendor = KNOWN.get(distribution);
        if (vendor == null) {
            return false;
        }
        return tool.cached()
                ? tool.name()
                        .toLowerCase(Locale.ROOT)
                        .startsWith(("Java_" + vendor.folder() + "_").toLowerCase(Locale.ROOT))
                : vendor.makers().stream().anyMatch(tool.vendor()::startsWith);
    }

    /**
     * @param kind such as {@code jdk}, {@code jre} or {@code jdk+fx}; on the machine a JDK is a JRE
     *     too
     */
    static boolean packages(Tool tool, String kind) {
        return tool.cached()
                ? tool.name().endsWith("_" + kind)
                : kind.equals(tool.name()) || kind.equals("jre") && tool.name().equals("jdk");
    }
}
