using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>An attribute as a dictionary defines it. Immutable.</summary>
public sealed class DictionaryAttribute
{
    private readonly FrozenDictionary<string, DictionaryValue> _valueByName;
    private readonly FrozenDictionary<ulong, DictionaryValue> _valueByNumber;

    internal DictionaryAttribute(
        string name, AttributePath path, DictionaryType type, int fixedLength, DictionaryFlags flags, DictionaryVendor? vendor,
        DictionaryLocation location, string remark, DictionaryValue[] values)
    {
        Name = name;
        Path = path;
        Type = type;
        FixedLength = fixedLength;
        Flags = flags;
        Vendor = vendor;
        Location = location;
        Remark = remark;
        Values = values;
        var byNumber = new Dictionary<ulong, DictionaryValue>(values.Length);
        foreach (DictionaryValue value in values)
        {
            byNumber[value.Number] = value;
        }

        _valueByNumber = byNumber.ToFrozenDictionary();
        Key = DictionaryKeys.Create(this);
        _valueByName = values.ToFrozenDictionary(value => value.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The attribute's name, such as <c>Session-Timeout</c>.</summary>
    public string Name { get; }

    /// <summary>Where it lies in a packet.</summary>
    public AttributePath Path { get; }

    /// <summary>By what it is read from packets and written to them.</summary>
    public AttributeKey Key { get; }

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

    /// <summary>The comment behind its definition, such as a unit; empty where there is none.</summary>
    public string Remark { get; }

    /// <summary>The named values in the order of the dictionary; empty for most attributes.</summary>
    public IReadOnlyList<DictionaryValue> Values { get; }

    /// <summary>Whether the attribute can be in a packet; false for names of a server's own things (numbers past 255 in the standard space,
    /// <c>virtual</c>, <c>internal</c>).</summary>
    public bool IsOnTheWire => !Flags.Virtual && !Flags.Internal && (Path.Vendor != 0 || Path.First <= byte.MaxValue);

    /// <summary>Whether dumps and logs must not show its value.</summary>
    public bool IsSecret => Flags.Secret || Flags.Hidden != HiddenAs.None;

    /// <summary>The value of a name, in any case; false where the dictionary has none.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out DictionaryValue? value) => _valueByName.TryGetValue(name, out value);

    /// <summary>The name of a value; where there are several, the last one defined. False where the dictionary has none.</summary>
    public bool TryGetValue(ulong number, [NotNullWhen(true)] out DictionaryValue? value) => _valueByNumber.TryGetValue(number, out value);

    /// <summary>A value's octets as text, by name where it has one, with a tag as <c>:1:</c> before it; false where they are not a value of the
    /// type, and for secrets.</summary>
    public bool TryFormat(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (IsSecret || !Key.TryFormat(octets, out text))
        {
            return false;
        }

        int start = Values.Count > 0 ? text.LastIndexOf(':') + 1 : text.Length;
        if (TryReadNumber(text.AsSpan(start), out ulong number) && TryGetValue(number, out DictionaryValue? value))
        {
            text = string.Concat(text.AsSpan(0, start), value.Name);
        }

        return true;
    }

    /// <summary>The octets of a value written as text: a value's name, or as the type has it (numbers, addresses, text, <c>0x</c> and hexadecimal
    /// digits for octets), a tag as <c>:1:</c> before it; false where the text is not a value of the type.</summary>
    /// <param name="text">The text.</param>
    /// <param name="context">Secret and authenticator, where the attribute is hidden.</param>
    /// <param name="octets">The octets, ready for a packet.</param>
    public bool TryParse(string text, in AttributeContext context, [NotNullWhen(true)] out byte[]? octets)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Values.Count > 0)
        {
            int start = Flags.Tagged ? text.LastIndexOf(':') + 1 : 0;
            if (TryGetValue(text[start..], out DictionaryValue? value))
            {
                text = string.Concat(text.AsSpan(0, start), Signed(value.Number));
            }
        }

        return Key.TryParse(text, context, out octets);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private bool TryReadNumber(ReadOnlySpan<char> text, out ulong number)
    {
        int octets = DictionaryTypeNames.NumberOctets(Type);
        number = 0;
        return octets > 0 && DictionaryNumbers.TryParse(text, octets, DictionaryTypeNames.IsSigned(Type), out number);
    }

    private string Signed(ulong number) => Type == DictionaryType.Signed32
        ? ((int)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);
}
