package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.config.Settings;
import bolide.protocol.body.JsonBody;
import bolide.protocol.config.PropertiesText;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.DataVersion;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.remoting.RequestTable;
import bolide.store.Store;
import java.nio.charset.StandardCharsets;

/// The broker's settings, and what it is asked to tidy up, a line each. Queues go with the messages
/// they lead to, and with their topic, so that of those nothing is left when somebody asks.
public record ConfigRequests(Settings settings, Store store) {

    public void addTo(RequestTable table) {
        table.blocking(
                        GET_BROKER_CONFIG,
                        frame -> frame,
                        (frame, caller) -> settings.all(),
                        all ->
                                new Answer(
                                        ResponseCode.SUCCESS,
                                        "",
                                        version(settings.version()),
                                        Payload.of(PropertiesText.encode(all))))
                .blocking(
                        UPDATE_BROKER_CONFIG,
                        frame -> PropertiesText.decode(frame.body()),
                        settings::change,
                        outcome ->
                                RefusalCodes.answer(
                                        outcome, version -> Answer.ok(version(version))))
                .blocking(
                        DELETE_EXPIRED_COMMITLOG,
                        frame -> frame,
                        (frame, caller) -> {
                            store.retireNow();
                            return Answer.ok();
                        },
                        answer -> answer)
                .blocking(
                        CLEAN_EXPIRED_CONSUMEQUEUE,
                        frame -> frame,
                        (frame, caller) -> Answer.ok(),
                        answer -> answer)
                .blocking(
                        CLEAN_UNUSED_TOPIC,
                        frame -> frame,
                        (frame, caller) -> Answer.ok(),
                        answer -> answer);
    }

    private static Fields version(DataVersion version) {
        String json = StandardCharsets.UTF_8.decode(JsonBody.write(version::write)).toString();
        return Fields.builder().put("version", json).build();
    }
}
