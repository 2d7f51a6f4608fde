using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>What a dictionary says of an attribute besides its type.</summary>
public readonly record struct DictionaryFlags
{
    /// <summary><c>has_tag</c>: the value may begin with a tag (RFC 2868, 3).</summary>
    public bool Tagged { get; init; }

    /// <summary><c>encrypt=</c>: how the value is hidden.</summary>
    public HiddenAs Hidden { get; init; }

    /// <summary><c>concat</c>: a long value is spread over attributes that follow each other.</summary>
    public bool Concatenated { get; init; }

    /// <summary><c>array</c>: one attribute holds several values of fixed size.</summary>
    public bool Array { get; init; }

    /// <summary><c>virtual</c>: a name for something a server computes; never in a packet.</summary>
    public bool Virtual { get; init; }

    /// <summary><c>internal</c>: for a server's own use; never in a packet.</summary>
    public bool Internal { get; init; }

    /// <summary><c>secret</c>: not to be shown in logs and dumps although it is not encrypted.</summary>
    public bool Secret { get; init; }
}
