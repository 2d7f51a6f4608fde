using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>An attribute as a dictionary defines it. Immutable.</summary>
public sealed class DictionaryAttribute
{
    private readonly FrozenDictionary<string, DictionaryValue> _valueByName;
    private readonly FrozenDictionary<ulong, DictionaryValue> _valueByNumber;

    internal DictionaryAttribute(
        string name, AttributePath path, DictionaryType type, int fixedLength, DictionaryFlags flags, DictionaryVendor? vendor,
        DictionaryLocation location, DictionaryValue[] values)
    {
        Name = name;
        Path = path;
        Type = type;
        FixedLength = fixedLength;
        Flags = flags;
        Vendor = vendor;
        Location = location;
        Values = values;
        var byNumber = new Dictionary<ulong, DictionaryValue>(values.Length);
        foreach (DictionaryValue value in values)
        {
            byNumber[value.Number] = value;
        }

        _valueByNumber = byNumber.ToFrozenDictionary();
        _valueByName = values.ToFrozenDictionary(value => value.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The attribute's name, such as <c>Session-Timeout</c>.</summary>
    public string Name { get; }

    /// <summary>Where it lies in a packet.</summary>
    public AttributePath Path { get; }

    /// <summary>Its data type.</summary>
    public DictionaryType Type { get; }

    /// <summary>How many octets a value must have (<c>octets[n]</c>); 0 where the dictionary does not say.</summary>
    public int FixedLength { get; }

    /// <summary>What the dictionary says besides.</summary>
    public DictionaryFlags Flags { get; }

    /// <summary>The vendor; null in the standard space.</summary>
    public DictionaryVendor? Vendor { get; }

    /// <summary>The line that defines it.</summary>
    public DictionaryLocation Location { get; }

    /// <summary>The named values in the order of the dictionary; empty for most attributes.</summary>
    public IReadOnlyList<DictionaryValue> Values { get; }

    /// <summary>Whether the attribute can be in a packet; false for names of a server's own things (numbers past 255 in the standard space,
    /// <c>virtual</c>, <c>internal</c>).</summary>
    public bool IsOnTheWire => !Flags.Virtual && !Flags.Internal && (Path.Vendor != 0 || Path.First <= byte.MaxValue);

    /// <summary>Whether dumps and logs must not show its value.</summary>
    public bool IsSecret => Flags.Secret || Flags.Encryption != DictionaryEncryption.None;

    /// <summary>The value of a name, in any case; false where the dictionary has none.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out DictionaryValue? value) => _valueByName.TryGetValue(name, out value);

    /// <summary>The name of a value; where there are several, the last one defined. False where the dictionary has none.</summary>
    public bool TryGetValue(ulong number, [NotNullWhen(true)] out DictionaryValue? value) => _valueByNumber.TryGetValue(number, out value);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
