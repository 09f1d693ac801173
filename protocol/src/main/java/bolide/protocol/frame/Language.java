package bolide.protocol.frame;

/** The implementation language that a peer names in its frames; a value's ordinal is its code. */
public enum Language {
    JAVA,
    CPP,
    DOTNET,
    PYTHON,
    DELPHI,
    ERLANG,
    RUBY,
    OTHER,
    HTTP,
    GO,
    PHP,
    OMS,
    RUST,
    NODE_JS;

    private static final Language[] BY_CODE = values();

    /**
     * @return the language of that code, OTHER when there is none
     */
    public static Language ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : OTHER;
    }

    /**
     * @return the language of that name, OTHER when there is none
     */
    public static Language ofName(String name) {
        for (Language language : BY_CODE) {
            if (language.name().equals(name)) {
                return language;
            }
        }
        return OTHER;
    }
}
