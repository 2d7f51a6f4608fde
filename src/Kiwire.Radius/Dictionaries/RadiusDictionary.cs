using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Dictionaries;

/// <summary>
/// The names, numbers, types and values of attributes, as loaded from files in FreeRADIUS's 3.x format. Immutable and safe for
/// concurrent use; a look-up allocates nothing.
/// </summary>
public sealed class RadiusDictionary
{
    private static readonly Lazy<RadiusDictionary> BuiltInDictionary =
        new(() => Load(EmbeddedDictionaries.Instance, "dictionary", DictionaryRules.Strict));

    private readonly FrozenDictionary<string, DictionaryAttribute> _byName;
    private readonly FrozenDictionary<AttributePath, DictionaryAttribute> _byPath;
    private readonly FrozenDictionary<ulong, DictionaryAttribute> _outermost;
    private readonly FrozenDictionary<uint, DictionaryVendor> _vendors;
    private readonly FrozenDictionary<string, DictionaryVendor> _vendorsByName;

    /// <param name="attributes">All attributes.</param>
    /// <param name="vendors">All vendors.</param>
    /// <param name="current">For each number the attribute that it stands for.</param>
    internal RadiusDictionary(DictionaryAttribute[] attributes, DictionaryVendor[] vendors, DictionaryAttribute[] current)
    {
        Attributes = attributes;
        Vendors = vendors;
        var byName = new Dictionary<string, DictionaryAttribute>(attributes.Length, StringComparer.OrdinalIgnoreCase);
        var byPath = new Dictionary<AttributePath, DictionaryAttribute>(attributes.Length);
        var outermost = new Dictionary<ulong, DictionaryAttribute>(attributes.Length);
        foreach (DictionaryAttribute attribute in attributes)
        {
            byName[attribute.Name] = attribute;
        }

        foreach (DictionaryAttribute attribute in current)
        {
            byPath[attribute.Path] = attribute;
            if (attribute.Path is { Rest.Count: 0 })
            {
                outermost[Key(attribute.Path.Vendor, attribute.Path.First)] = attribute;
            }
        }

        var byNumber = new Dictionary<uint, DictionaryVendor>(vendors.Length);
        foreach (DictionaryVendor vendor in vendors)
        {
            byNumber[vendor.Number] = vendor;
        }

        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _byPath = byPath.ToFrozenDictionary();
        _outermost = outermost.ToFrozenDictionary();
        _vendors = byNumber.ToFrozenDictionary();
        _vendorsByName = vendors.ToFrozenDictionary(vendor => vendor.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The dictionaries that come with this library, loaded on first use.</summary>
    public static RadiusDictionary BuiltIn => BuiltInDictionary.Value;

    /// <summary>All attributes in the order of their definitions; where a number has several names, all of them.</summary>
    public IReadOnlyList<DictionaryAttribute> Attributes { get; }

    /// <summary>All vendors in the order of their definitions.</summary>
    public IReadOnlyList<DictionaryVendor> Vendors { get; }

    /// <summary>How many named values there are in all.</summary>
    public int ValueCount => Attributes.Sum(attribute => attribute.Values.Count);

    /// <summary>Loads a dictionary and everything it includes.</summary>
    /// <param name="source">Where the files are.</param>
    /// <param name="root">The name of the first file.</param>
    /// <param name="rules">What to do with second definitions of a number.</param>
    /// <exception cref="DictionaryException">The dictionary has mistakes; the exception has all of them, with file and line.</exception>
    public static RadiusDictionary Load(
        DictionarySource source, string root = "dictionary", DictionaryRules rules = DictionaryRules.AsFreeRadius) =>
        TryLoad(source, root, rules, out RadiusDictionary? dictionary, out IReadOnlyList<DictionaryError> errors)
            ? dictionary
            : throw new DictionaryException(errors);

    /// <summary>Loads a dictionary and everything it includes; false, with all mistakes, where it has any.</summary>
    public static bool TryLoad(
        DictionarySource source, string root, DictionaryRules rules, [NotNullWhen(true)] out RadiusDictionary? dictionary,
        out IReadOnlyList<DictionaryError> errors)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(root);
        var builder = new DictionaryBuilder(rules);
        new DictionaryParser(source, builder).Read(root);
        dictionary = builder.Build();
        errors = builder.Errors;
        return dictionary is not null;
    }

    /// <summary>The attribute of a name, in any case; false where there is none.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out DictionaryAttribute? attribute) => _byName.TryGetValue(name, out attribute);

    /// <summary>The attribute at a path; where several names stand for it, the last one defined. False where there is none.</summary>
    public bool TryGet(AttributePath path, [NotNullWhen(true)] out DictionaryAttribute? attribute) => _byPath.TryGetValue(path, out attribute);

    /// <summary>The attribute of a number in the standard space (<paramref name="vendor"/> 0) or a vendor's; false where there is none.</summary>
    public bool TryGet(uint vendor, uint number, [NotNullWhen(true)] out DictionaryAttribute? attribute) =>
        _outermost.TryGetValue(Key(vendor, number), out attribute);

    /// <summary>The vendor of a private enterprise number; where several names stand for it, the last one defined. False where there is none.</summary>
    public bool TryGetVendor(uint number, [NotNullWhen(true)] out DictionaryVendor? vendor) => _vendors.TryGetValue(number, out vendor);

    /// <summary>The vendor of a name, in any case; false where there is none.</summary>
    public bool TryGetVendor(string name, [NotNullWhen(true)] out DictionaryVendor? vendor) => _vendorsByName.TryGetValue(name, out vendor);

    /// <summary>
    /// A packet as text for people: its kind, then one attribute a line by name and value, members of others indented. Values that are hidden on the
    /// wire or flagged <c>secret</c> are not shown, and text from the wire is escaped, so the result may be logged.
    /// </summary>
    public string Describe(PacketView packet) => new PacketText(this).Describe(packet);

    private static ulong Key(uint vendor, uint number) => ((ulong)vendor << 32) | number;
}
