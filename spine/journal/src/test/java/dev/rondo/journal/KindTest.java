package dev.rondo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind that was ever stored has a golden file: whoever changes a record so that an old event
 * reads otherwise breaks this test, and makes a new version instead.
 */
class KindTest {

    private static final Path GOLDEN = Path.of("src/test/resources/kinds");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatWasStoredIsReadAsItWas(Kind kind) throws IOException {
        var file = GOLDEN.resolve(kind.word() + ".v" + kind.version() + ".json");
        var sample = (Fact) sample(factOf(kind));
        if (System.getenv("RONDO_GOLDEN") != null) {
            Files.writeString(file, Kind.write(sample) + "\n");
        }
        var stored = Files.readString(file).strip();
        assertThat(Kind.of(kind.word(), kind.version()).read(stored)).isEqualTo(sample);
        assertThat(Kind.write(sample)).isEqualTo(stored);
    }

    private static Class<?> factOf(Kind kind) {
        return Stream.of(Fact.class.getPermittedSubclasses())
                .filter(type -> Kind.of(type.asSubclass(Fact.class)) == kind)
                .findFirst()
                .orElseThrow();
    }

    /** A record whose every component says its own name, so that no two can be mixed up. */
    private static Object sample(Class<?> type) {
        try {
            var components = type.getRecordComponents();
            var types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
            var values =
                    Stream.of(components)
                            .map(one -> value(one.getName(), one.getGenericType()))
                            .toArray();
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Object value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? List.of(value(name, arguments[0]))
                    : Map.of(name, value(name, arguments[1]));
        }
        if (type == String.class) {
            return name;
        }
        if (type == long.class || type == Long.class) {
            return (long) name.hashCode();
        }
        if (type == int.class || type == Integer.class) {
            return name.length();
        }
        if (type == double.class) {
            return name.length() / 8.0;
        }
        if (type == boolean.class) {
            return true;
        }
        return sample((Class<?>) type);
    }
}
