package bolide.nameserver.tcp;

import static bolide.protocol.frame.RequestCode.DELETE_KV_CONFIG;
import static bolide.protocol.frame.RequestCode.GET_KVLIST_BY_NAMESPACE;
import static bolide.protocol.frame.RequestCode.GET_KV_CONFIG;
import static bolide.protocol.frame.RequestCode.PUT_KV_CONFIG;

import bolide.nameserver.kv.KvChange;
import bolide.nameserver.kv.KvConfig;
import bolide.protocol.config.KvEntry;
import bolide.protocol.config.KvKey;
import bolide.protocol.config.KvTable;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Answer;
import bolide.remoting.Caller;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import java.util.function.Function;

/// The name server's lines for values by key. Changes wait for the disk.
public final class KvRequests {
    private final KvConfig values;

    public KvRequests(KvConfig values) {
        this.values = values;
    }

    public void addTo(RequestTable table) {
        table.blocking(
                        PUT_KV_CONFIG,
                        KvEntry::decode,
                        (KvEntry entry, Caller caller) -> values.put(entry),
                        KvRequests::encode)
                .blocking(
                        DELETE_KV_CONFIG,
                        KvKey::decode,
                        (KvKey at, Caller caller) -> values.remove(at),
                        KvRequests::encode)
                .inline(GET_KV_CONFIG, KvKey::decode, this::find, Function.identity())
                .inline(
                        GET_KVLIST_BY_NAMESPACE,
                        KvKey::namespaceOf,
                        this::list,
                        Function.identity());
    }

    private void find(KvKey at, Reply<Answer> reply) {
        reply.send(
                values.find(at)
                        .map(value -> Answer.ok(Fields.builder().put("value", value).build()))
                        .orElseGet(() ->
                                Answer.refused(
                                        ResponseCode.QUERY_NOT_FOUND,
                                        "namespace "
                                                + Excerpt.of(at.namespace())
                                                + " has no key "
                                                + Excerpt.of(at.key()))));
    }

    private void list(String namespace, Reply<Answer> reply) {
        reply.send(
                values.namespace(namespace)
                        .map(entries -> Answer.ok(new KvTable(entries).encode()))
                        .orElseGet(() ->
                                Answer.refused(
                                        ResponseCode.QUERY_NOT_FOUND,
                                        "there is no namespace " + Excerpt.of(namespace))));
    }

    private static Answer encode(KvChange change) {
        return switch (change) {
            case KvChange.Done done -> Answer.ok();
            case KvChange.Refused(String detail) ->
                    Answer.refused(ResponseCode.SYSTEM_ERROR, detail);
        };
    }
}
