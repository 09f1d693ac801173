package bolide.nameserver.tcp;

import static bolide.protocol.frame.RequestCode.GET_NAMESRV_CONFIG;
import static bolide.protocol.frame.RequestCode.UPDATE_NAMESRV_CONFIG;

import bolide.nameserver.config.ConfigChange;
import bolide.nameserver.config.LiveConfig;
import bolide.protocol.config.PropertiesText;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.Answer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import java.util.Map;
import java.util.function.Function;

/// The name server's lines for its own settings.
public final class ConfigRequests {
    private final LiveConfig config;

    public ConfigRequests(LiveConfig config) {
        this.config = config;
    }

    public void addTo(RequestTable table) {
        table.inline(
                        GET_NAMESRV_CONFIG,
                        Function.identity(),
                        (Frame any, Reply<Answer> reply) ->
                                reply.send(Answer.ok(PropertiesText.encode(config.shown()))),
                        Function.identity())
                .inline(
                        UPDATE_NAMESRV_CONFIG,
                        frame -> PropertiesText.decode(frame.body()),
                        (Map<String, String> wanted, Reply<ConfigChange> reply) ->
                                reply.send(config.update(wanted)),
                        ConfigRequests::encode);
    }

    private static Answer encode(ConfigChange change) {
        return switch (change) {
            case ConfigChange.Changed changed -> Answer.ok();
            case ConfigChange.NotAllowed(String detail) ->
                    Answer.refused(ResponseCode.NO_PERMISSION, detail);
            case ConfigChange.Malformed(String detail) ->
                    Answer.refused(ResponseCode.SYSTEM_ERROR, detail);
        };
    }
}
