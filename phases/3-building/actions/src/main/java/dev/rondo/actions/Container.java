package dev.rondo.actions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code container} or one of {@code services}, evaluated. */
public record Container(
        String image,
        Map<String, String> env,
        List<String> ports,
        List<String> volumes,
        String options,
        Start start) {

    /**
     * How it is pulled and started.
     *
     * @param entrypoint of services only, as {@code command}
     */
    public record Start(
            Optional<Credentials> credentials,
            Optional<String> entrypoint,
            Optional<String> command) {}

    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** Empty where the image is: then the job runs without one. */
    public static Optional<Container> of(Value value) {
        Value image = value instanceof Value.Obj keys ? keys.at("image") : value;
        String name = image.text().replaceFirst("^docker://", "").strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var env = new LinkedHashMap<String, String>();
        if (value.at("env") instanceof Value.Obj entries) {
            entries.entries().forEach((key, text) -> env.put(key, text.text()));
        }
        return Optional.of(
                new Container(
                        name,
                        env,
                        texts(value.at("ports")),
                        texts(value.at("volumes")),
                        value.at("options").text(),
                        new Start(
                                credentials(value.at("credentials")),
                                text(value.at("entrypoint")),
                                text(value.at("command")))));
    }

    private static Optional<Credentials> credentials(Value value) {
        Value user = value.at("username");
        Value password = value.at("password");
        return user.truthy() && password.truthy()
                ? Optional.of(new Credentials(user.text(), password.text()))
                : Optional.empty();
    }

    private static List<String> texts(Value value) {
        return value instanceof Value.Arr list
                ? list.items().stream().map(Value::text).toList()
                : List.of();
    }

    private static Optional<String> text(Value value) {
        return Optional.of(value.text()).filter(text -> !text.isBlank());
    }
}
