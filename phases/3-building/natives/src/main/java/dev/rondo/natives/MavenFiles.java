package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.util.List;
import java.util.Map;

/**
 * What {@code actions/setup-java} writes for Maven: {@code settings.xml}, {@code toolchains.xml}.
 */
final class MavenFiles {
    private MavenFiles() {}

    static void write(ActionSetting setting, List<Tool> tools, String distribution)
            throws Failed, InterruptedException {
        String folder =
                setting.input("settings-path", setting.folders().home().resolve(".m2").toString());
        String keep = setting.isTrue("overwrite-settings", true) ? "" : "yes";
        String script =
                """
                mkdir -p "$folder" "$home/.m2"
                if [ -z "$keep" ] || [ ! -e "$folder/settings.xml" ]; then
                  printf '%s' "$settings" > "$folder/settings.xml"
                fi
                printf '%s' "$toolchains" > "$home/.m2/toolchains.xml"
                if [ -n "$key" ]; then
                  echo "Importing private gpg key"
                  printf '%s' "$key" | gpg --batch --import --import-options import-show ||
                    echo "The GPG key cannot be imported" > "$answer"
                fi
                """;
        String key = setting.input("gpg-private-key", "");
        if (!key.isEmpty()) {
            setting.mask(key);
        }
        var values =
                Map.of(
                        "folder",
                        folder,
                        "home",
                        setting.folders().home().toString(),
                        "keep",
                        keep,
                        "settings",
                        settings(setting, !key.isEmpty()),
                        "toolchains",
                        toolchains(setting, tools, distribution),
                        "key",
                        key);
        for (String problem : Inside.askText(setting, script, values)) {
            throw new Failed(problem);
        }
    }

    private static String settings(ActionSetting setting, boolean signs) {
        String phrase =
                setting.input(
                        "gpg-passphrase-env-var",
                        setting.input("gpg-passphrase", "GPG_PASSPHRASE"));
        return """
        <settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">
          <interactiveMode>false</interactiveMode>
          <servers>
            <server><id>%s</id><username>${env.%s}</username><password>${env.%s}</password></server>%s
          </servers>
        </settings>
        """
                .formatted(
                        xml(setting.input("server-id", "github")),
                        xml(
                                setting.input(
                                        "server-username-env-var",
                                        setting.input("server-username", "GITHUB_ACTOR"))),
                        xml(
                                setting.input(
                                        "server-password-env-var",
                                        setting.input("server-password", "GITHUB_TOKEN"))),
                        signs
                                ? "\n    <server><id>gpg.passphrase</id><passphrase>${env."
                                        + xml(phrase)
                                        + "}</passphrase></server>"
                                : "");
    }

    private static String toolchains(ActionSetting setting, List<Tool> tools, String distribution) {
        String vendor = setting.input("mvn-toolchain-vendor", distribution);
        List<String> ids =
                setting.input("mvn-toolchain-id", "").lines().map(String::strip).toList();
        var text = new StringBuilder("<toolchains>\n");
        for (int i = 0; i < tools.size(); i++) {
            long version = tools.get(i).version().major();
            String id = ids.size() == tools.size() ? ids.get(i) : vendor + "_" + version;
            text.append(
                    """
                      <toolchain>
                        <type>jdk</type>
                        <provides><version>%d</version><vendor>%s</vendor><id>%s</id></provides>
                        <configuration><jdkHome>%s</jdkHome></configuration>
                      </toolchain>
                    """
                            .formatted(version, xml(vendor), xml(id), xml(tools.get(i).home())));
        }
        return text.append("</toolchains>\n").toString();
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
