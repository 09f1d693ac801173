package bolide.store.crash;

import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.store.crash.DefectiveVolume.File;
import bolide.store.file.MemoryVolume;
import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// What may be wrong with a store: on the path between it and the disk something is defective, on
/// purpose, to see that the harness notices.
enum Defect {
    NONE,
    SYNC_DOES_NOTHING {
        @Override
        void sync(File file) {}
    },
    SYNC_OF_THE_WRONG_FILE {
        @Override
        void sync(File file) {
            file.first().sync();
        }
    },
    SYNC_AFTER_THE_ACKNOWLEDGEMENT {
        @Override
        void sync(File file) {
            file.syncLater();
        }
    },
    FAILED_SYNC_IS_TRIED_AGAIN {
        @Override
        void sync(File file) {
            try {
                file.real.sync();
            } catch (StorageException failed) {
                file.real.sync();
            }
        }
    },
    FAILED_WRITE_IS_PASSED_OVER {
        @Override
        void write(File file, long at, ByteBuffer bytes) {
            try {
                file.real.write(at, bytes);
            } catch (StorageException failed) {
                // the defect
            }
        }
    },
    NAME_IS_NOT_SYNCED {
        @Override
        StoreFile create(MemoryVolume volume, String name, long length) {
            return volume.createCarelessly(name, length);
        }
    },
    CUT_LEAVES_OLD_BYTES {
        @Override
        void cut(File file, long from, long length) {
            file.real.cut(Math.max(from, file.length()), length);
        }
    },
    CUT_TAKES_TOO_MUCH {
        @Override
        void cut(File file, long from, long length) {
            file.real.cut(Math.max(0, from - 1), length);
        }
    },
    WRITE_GOES_ELSEWHERE {
        @Override
        void write(File file, long at, ByteBuffer bytes) {
            boolean astray =
                    file.volume().oneIn(9) && at + bytes.remaining() + 512 <= file.length();
            file.real.write(astray ? at + 512 : at, bytes);
        }
    },
    LAST_RECORD_IS_LEFT_OUT {
        @Override
        void write(File file, long at, ByteBuffer bytes) {
            RecordView view = new RecordView();
            int last = bytes.position();
            for (int i = last; isRecord(view, bytes, i); i += view.totalSize()) {
                last = i;
            }
            boolean whole = last == bytes.position() || !file.volume().oneIn(5);
            file.real.write(at, whole ? bytes : bytes.duplicate().limit(last));
        }
    },
    BIT_TURNS_ON_THE_WAY {
        @Override
        void write(File file, long at, ByteBuffer bytes) {
            ByteBuffer turned = copy(bytes);
            if (file.volume().oneIn(9)) {
                int middle = turned.limit() / 2;
                turned.put(middle, (byte) (turned.get(middle) ^ 1));
            }
            file.real.write(at, turned);
        }
    },
    BODY_IS_ANOTHER {
        @Override
        void patch(ByteBuffer bytes, int at, RecordView view) {
            ByteBuffer body = view.body();
            if (body.hasRemaining() && !view.hasTopic(StateRecord.TOPIC_BYTES)) {
                body.put(0, (byte) (body.get(0) + 1));
            }
        }
    },
    OFFSET_IS_GIVEN_TWICE {
        @Override
        void patch(ByteBuffer bytes, int at, RecordView view) {
            RecordLayout.number(
                    bytes,
                    at,
                    Math.max(0, view.queueOffset() - 1),
                    view.position(),
                    view.storeTimestamp());
        }
    },
    COMMITTED_OFFSET_GOES_BACK {
        @Override
        void patch(ByteBuffer bytes, int at, RecordView view) {
            if (view.hasTopic(StateRecord.TOPIC_BYTES)) {
                setCommitsBack(view.body());
            }
        }
    },
    READERS_SEE_AN_OLD_FILE {
        @Override
        StoreFile.Mapping map(StoreFile file) {
            StoreFile.Mapping mapping = file.map();
            ByteBuffer old = copy(mapping.bytes());
            return new StoreFile.Mapping() {
                @Override
                public ByteBuffer bytes() {
                    return old;
                }

                @Override
                public void close() {
                    mapping.close();
                }
            };
        }
    };

    /// @return what a process sees of the disk
    Volume on(MemoryVolume volume) {
        return this == NONE ? volume : new DefectiveVolume(this, volume);
    }

    void sync(File file) {
        file.real.sync();
    }

    void write(File file, long at, ByteBuffer bytes) {
        ByteBuffer patched = copy(bytes);
        RecordView view = new RecordView();
        for (int i = 0; isRecord(view, patched, i); i += view.totalSize()) {
            patch(patched, i, view);
            RecordCrc.seal(patched, i, new CRC32());
        }
        file.real.write(at, patched);
    }

    /// Changes a record, which gets the right checksum afterwards.
    void patch(ByteBuffer bytes, int at, RecordView view) {}

    void cut(File file, long from, long length) {
        file.real.cut(from, length);
    }

    StoreFile create(MemoryVolume volume, String name, long length) {
        return volume.create(name, length);
    }

    StoreFile.Mapping map(StoreFile file) {
        return file.map();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    private static boolean isRecord(RecordView view, ByteBuffer bytes, int at) {
        return at < bytes.limit() && view.look(bytes, at, bytes.limit()) == RecordView.Found.RECORD;
    }

    private static void setCommitsBack(ByteBuffer body) {
        int at = 1; // behind the version
        while (at < body.limit()) {
            int length = body.getInt(at);
            int kind = body.getShort(at + 4);
            boolean removed = body.get(at + 6) != 0;
            if (kind == StateKind.OFFSET.code() && !removed) {
                int valueAt = at + 4 + length - Long.BYTES;
                body.putLong(valueAt, body.getLong(valueAt) - 1);
            }
            at += 4 + length;
        }
    }
}
