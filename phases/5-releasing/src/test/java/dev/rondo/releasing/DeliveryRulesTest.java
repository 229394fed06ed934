package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRulesTest {

    @Test
    void theExampleShopAsksForOneApproval() throws IOException {
        var rules =
                DeliveryRules.read(
                        Files.readString(Path.of("../../examples/shop/.rondo/delivery.yml")));
        assertThat(rules.problem()).isEmpty();
        assertThat(rules.artifact()).isEqualTo("shop");
        assertThat(rules.environments())
                .containsExactly(
                        new EnvironmentRule(
                                "production", 1, List.of(Role.OWNER, Role.WRITER), false));
    }

    @Test
    void withoutAWordOwnersApproveAndNobodyHasTo() {
        var rules = DeliveryRules.read("environments: {staging: , production: {after: approval}}");
        assertThat(rules.environments())
                .containsExactly(
                        new EnvironmentRule("staging", 0, List.of(Role.OWNER), false),
                        new EnvironmentRule("production", 1, List.of(Role.OWNER), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environments: [a, b] | releasing.delivery.map",
                "just words | releasing.delivery.map",
                "environments: {p: {approvals: many}} | releasing.delivery.number",
                "environments: {p: {approvals: -1}} | releasing.delivery.number",
                "environments: {p: {approvers: [boss]}} | releasing.delivery.approvers",
                "environments: {p: {approvers: []}} | releasing.delivery.approvers",
                "environments: {p: {four-eyes: 7}} | releasing.delivery.flag",
                "environments: {p: | releasing.delivery.yaml",
                "{a: 1, a: 2} | releasing.delivery.yaml"
            })
    void aMistakeIsNamed(String yaml, String key) {
        assertThat(DeliveryRules.read(yaml).problem()).map(Why::key).contains(key);
    }

    @Test
    void aBombOfAliasesIsRefused() {
        var bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 100; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(DeliveryRules.read(bomb.toString()).problem()).isPresent();
    }
}
