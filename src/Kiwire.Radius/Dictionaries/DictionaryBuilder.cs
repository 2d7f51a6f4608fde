using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Gathers what the lines define, says what contradicts, and makes the dictionary at the end.</summary>
internal sealed class DictionaryBuilder(DictionaryRules rules)
{
    private const int MaximumErrors = 1000;

    private readonly List<DictionaryError> _errors = [];
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, int> _draftByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<AttributePath, int> _draftByPath = new();
    private readonly List<DictionaryVendor> _vendors = [];
    private readonly Dictionary<string, DictionaryVendor> _vendorByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<uint, DictionaryVendor> _vendorByNumber = [];
    private readonly List<PendingValue> _values = [];

    public IReadOnlyList<DictionaryError> Errors => _errors;

    public void Fail(DictionaryLocation location, string message)
    {
        if (_errors.Count < MaximumErrors)
        {
            _errors.Add(new DictionaryError(location, message));
        }
    }

    public DictionaryVendor? FindVendor(string name) => _vendorByName.GetValueOrDefault(name);

    public DictionaryVendor? FindVendor(uint number) => _vendorByNumber.GetValueOrDefault(number);

    public Draft? FindAttribute(string name) => _draftByName.TryGetValue(name, out int at) ? _drafts[at] : null;

    public Draft? FindAttribute(AttributePath path) => _draftByPath.TryGetValue(path, out int at) ? _drafts[at] : null;

    public void AddVendor(DictionaryLocation location, DictionaryVendor vendor)
    {
        if (_vendorByName.TryGetValue(vendor.Name, out DictionaryVendor? known))
        {
            if (known with { Name = vendor.Name } != vendor)
            {
                Fail(location, $"Vendor {vendor.Name} is already {Describe(known)}, not {Describe(vendor)}; a vendor has one number and one format.");
            }

            return;
        }

        if (rules == DictionaryRules.Strict && _vendorByNumber.TryGetValue(vendor.Number, out known))
        {
            Fail(location, $"Vendor number {vendor.Number} is already {known.Name}.");
            return;
        }

        _vendors.Add(vendor);
        _vendorByName[vendor.Name] = vendor;
        _vendorByNumber[vendor.Number] = vendor;
    }

    public void AddAttribute(Draft draft)
    {
        if (_draftByName.TryGetValue(draft.Name, out int at))
        {
            Draft known = _drafts[at];
            if (!known.Path.Equals(draft.Path))
            {
                Fail(draft.Location, $"Attribute {draft.Name} is already defined with another number at {known.Location}; names are unique.");
                return;
            }

            if (rules == DictionaryRules.Strict && !known.SaysTheSameAs(draft))
            {
                Fail(draft.Location, $"Attribute {draft.Name} is already defined with another type or other flags at {known.Location}.");
                return;
            }

            _drafts[at] = draft;
            _draftByPath[draft.Path] = at;
            return;
        }

        if (rules == DictionaryRules.Strict && FindAttribute(draft.Path) is { } other)
        {
            Fail(draft.Location, $"The number of attribute {draft.Name} already belongs to {other.Name}, defined at {other.Location}.");
            return;
        }

        at = _drafts.Count;
        _drafts.Add(draft);
        _draftByName[draft.Name] = at;
        _draftByPath[draft.Path] = at;
    }

    /// <summary>A VALUE may precede its ATTRIBUTE, so values are looked at last.</summary>
    public void AddValue(DictionaryLocation location, string attribute, string name, string number) =>
        _values.Add(new PendingValue(location, attribute, name, number));

    /// <summary>The dictionary, or null where there are errors.</summary>
    public RadiusDictionary? Build()
    {
        Dictionary<AttributePath, OrderedDictionary<string, DictionaryValue>> values = ResolveValues();
        if (_errors.Count > 0)
        {
            return null;
        }

        var attributes = new DictionaryAttribute[_drafts.Count];
        for (int at = 0; at < attributes.Length; at++)
        {
            attributes[at] = Finish(_drafts[at], values);
        }

        return new RadiusDictionary(attributes, [.. _vendors], [.. _draftByPath.Values.Select(at => attributes[at])]);
    }

    private static DictionaryAttribute Finish(Draft draft, Dictionary<AttributePath, OrderedDictionary<string, DictionaryValue>> values) =>
        new(draft.Name, draft.Path, draft.Type, draft.FixedLength, draft.Flags, draft.Vendor, draft.Location, draft.Remark,
            values.TryGetValue(draft.Path, out OrderedDictionary<string, DictionaryValue>? named) ? [.. named.Values] : []);

    private static string Describe(DictionaryVendor vendor) =>
        $"{vendor.Number} format={vendor.TypeOctets},{vendor.LengthOctets}{(vendor.Continuation ? ",c" : string.Empty)}";

    private Dictionary<AttributePath, OrderedDictionary<string, DictionaryValue>> ResolveValues()
    {
        var resolved = new Dictionary<AttributePath, OrderedDictionary<string, DictionaryValue>>();
        foreach (PendingValue value in _values)
        {
            if (FindAttribute(value.Attribute) is not { } attribute)
            {
                Fail(value.Location, $"No attribute {value.Attribute} is defined for the value {value.Name}.");
                continue;
            }

            int octets = DictionaryTypeNames.NumberOctets(attribute.Type);
            if (octets == 0 && attribute.Type == DictionaryType.Octets && rules == DictionaryRules.AsFreeRadius)
            {
                octets = sizeof(ulong);
            }

            if (octets == 0)
            {
                Fail(value.Location, $"Attribute {attribute.Name} is not a number, so its values have no names (defined at {attribute.Location}).");
                continue;
            }

            bool signed = DictionaryTypeNames.IsSigned(attribute.Type);
            if (!DictionaryNumbers.TryParse(value.Number, octets, signed, out ulong number))
            {
                Fail(value.Location, $"\"{value.Number}\" is not a value of {attribute.Name}: {(signed ? "a signed" : "an unsigned")} number "
                    + $"of {8 * octets} bits, {DictionaryNumbers.Forms}.");
                continue;
            }

            if (!resolved.TryGetValue(attribute.Path, out OrderedDictionary<string, DictionaryValue>? named))
            {
                resolved[attribute.Path] = named = new OrderedDictionary<string, DictionaryValue>(StringComparer.OrdinalIgnoreCase);
            }

            AddValue(value, attribute, named, new DictionaryValue(value.Name, number));
        }

        return resolved;
    }

    private void AddValue(
        PendingValue pending, Draft attribute, OrderedDictionary<string, DictionaryValue> named, DictionaryValue value)
    {
        if (named.TryGetValue(value.Name, out DictionaryValue? known))
        {
            if (known.Number != value.Number)
            {
                Fail(pending.Location, $"Value {value.Name} of {attribute.Name} is already {known.Number}, not {value.Number}.");
            }

            return;
        }

        named.Add(value.Name, value);
    }

    /// <summary>An attribute as its line gives it.</summary>
    internal sealed record Draft(
        DictionaryLocation Location, string Name, AttributePath Path, DictionaryType Type, int FixedLength, DictionaryFlags Flags,
        DictionaryVendor? Vendor, string Remark)
    {
        public bool SaysTheSameAs(Draft other) => Type == other.Type && FixedLength == other.FixedLength && Flags == other.Flags;
    }

    private sealed record PendingValue(DictionaryLocation Location, string Attribute, string Name, string Number);
}
