package dev.rondo.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rondo.phase.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of ARCHITECTURE.md. */
class ArchitectureTest {

    /** A phase that is made of several modules has a package for each. */
    private static final List<Set<String>> PHASES =
            List.of(
                    Set.of("planning"),
                    Set.of("coding"),
                    Set.of(
                            "building",
                            "actions",
                            "jobs",
                            "containers",
                            "kubernetes",
                            "events",
                            "natives",
                            "results",
                            "joblogs",
                            "settings",
                            "records",
                            "engine",
                            "triggers",
                            "local"),
                    Set.of("testing", "reports"),
                    Set.of("releasing"),
                    Set.of("deploying", "router"),
                    Set.of("operating"),
                    Set.of("monitoring", "judgement", "metrics"));

    private static final Set<String> SPINE =
            Set.of("telemetry", "store", "journal", "access", "git", "sandbox", "web", "phase");

    /** What the command line calls without a server, and what the wiring has to say. */
    private static final Set<String> FOR_THE_PROGRAM =
            Set.of(
                    "dev.rondo.releasing.ReleaseNext",
                    "dev.rondo.testing.ReportFiles",
                    "dev.rondo.deploying.RouterSettings",
                    "dev.rondo.operating.MailServer");

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.rondo");
    }

    @Test
    void noPhaseTouchesAnother() {
        for (var phase : PHASES) {
            var others = new ArrayList<String>();
            PHASES.stream()
                    .filter(other -> !other.equals(phase))
                    .forEach(other -> other.forEach(name -> others.add(inside(name))));
            others.add("dev.rondo.loop..");
            others.add("dev.rondo.app..");
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(phase))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others.toArray(String[]::new))
                    .check(all);
        }
    }

    @Test
    void theSpineKnowsNoPhase() {
        var above = new ArrayList<String>();
        PHASES.forEach(phase -> phase.forEach(name -> above.add(inside(name))));
        above.add("dev.rondo.loop..");
        above.add("dev.rondo.app..");
        noClasses()
                .that()
                .resideInAnyPackage(packages(SPINE))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.toArray(String[]::new))
                .check(all);
    }

    @Test
    void theLoopKnowsThePhasesOnlyByTheirContract() {
        var phases = new ArrayList<String>();
        PHASES.forEach(phase -> phase.forEach(name -> phases.add(inside(name))));
        noClasses()
                .that()
                .resideInAPackage("dev.rondo.loop..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(phases.toArray(String[]::new))
                .check(all);
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("dev.rondo.(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    void inAPhaseOnlyThePhaseAndWhatTemplatesSeeIsPublic() {
        var own = PHASES.stream().flatMap(Set::stream).filter(Rondo.PHASES::contains);
        classes()
                .that()
                .resideInAnyPackage(own.map(name -> "dev.rondo." + name).toArray(String[]::new))
                .and()
                .areTopLevelClasses()
                .and(
                        new DescribedPredicate<JavaClass>("are not the phase itself") {
                            @Override
                            public boolean test(JavaClass type) {
                                return !type.isAssignableTo(Phase.class)
                                        && !type.getSimpleName().equals("package-info")
                                        && !FOR_THE_PROGRAM.contains(type.getName());
                            }
                        })
                .should()
                .notHaveModifier(JavaModifier.PUBLIC)
                .check(all);
    }

    private static String inside(String module) {
        return "dev.rondo." + module + "..";
    }

    private static String[] packages(Set<String> modules) {
        return modules.stream().map(ArchitectureTest::inside).toArray(String[]::new);
    }
}
