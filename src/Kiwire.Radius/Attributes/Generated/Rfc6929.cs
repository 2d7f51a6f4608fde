// Written by dictionaries/Generate.cs from dictionary.rfc6929: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 6929: RADIUS Protocol Extensions.</summary>
public static class Rfc6929
{
    /// <summary>Extended-Attribute-1 (241): extended.</summary>
    public static readonly AttributeKey<byte[]> ExtendedAttribute1 =
        new("Extended-Attribute-1", AttributePath.Standard(241), Codecs.Extended);

    /// <summary>Extended-Vendor-Specific-1 (241.26): evs.</summary>
    public static readonly AttributeKey<byte[]> ExtendedVendorSpecific1 =
        new("Extended-Vendor-Specific-1", AttributePath.Extended(241, 26), Codecs.Evs);

    /// <summary>Extended-Attribute-2 (242): extended.</summary>
    public static readonly AttributeKey<byte[]> ExtendedAttribute2 =
        new("Extended-Attribute-2", AttributePath.Standard(242), Codecs.Extended);

    /// <summary>Extended-Vendor-Specific-2 (242.26): evs.</summary>
    public static readonly AttributeKey<byte[]> ExtendedVendorSpecific2 =
        new("Extended-Vendor-Specific-2", AttributePath.Extended(242, 26), Codecs.Evs);

    /// <summary>Extended-Attribute-3 (243): extended.</summary>
    public static readonly AttributeKey<byte[]> ExtendedAttribute3 =
        new("Extended-Attribute-3", AttributePath.Standard(243), Codecs.Extended);

    /// <summary>Extended-Vendor-Specific-3 (243.26): evs.</summary>
    public static readonly AttributeKey<byte[]> ExtendedVendorSpecific3 =
        new("Extended-Vendor-Specific-3", AttributePath.Extended(243, 26), Codecs.Evs);

    /// <summary>Extended-Attribute-4 (244): extended.</summary>
    public static readonly AttributeKey<byte[]> ExtendedAttribute4 =
        new("Extended-Attribute-4", AttributePath.Standard(244), Codecs.Extended);

    /// <summary>Extended-Vendor-Specific-4 (244.26): evs.</summary>
    public static readonly AttributeKey<byte[]> ExtendedVendorSpecific4 =
        new("Extended-Vendor-Specific-4", AttributePath.Extended(244, 26), Codecs.Evs);

    /// <summary>Extended-Attribute-5 (245): long-extended.</summary>
    public static readonly AttributeKey<byte[]> ExtendedAttribute5 =
        new("Extended-Attribute-5", AttributePath.Standard(245), Codecs.LongExtended);

    /// <summary>Extended-Vendor-Specific-5 (245.26): evs.</summary>
    public static readonly AttributeKey<byte[]> ExtendedVendorSpecific5 =
        new("Extended-Vendor-Specific-5", AttributePath.Extended(245, 26), Codecs.Evs);

    /// <summary>Extended-Attribute-6 (246): long-extended.</summary>
    public static readonly AttributeKey<byte[]> ExtendedAttribute6 =
        new("Extended-Attribute-6", AttributePath.Standard(246), Codecs.LongExtended);

    /// <summary>Extended-Vendor-Specific-6 (246.26): evs.</summary>
    public static readonly AttributeKey<byte[]> ExtendedVendorSpecific6 =
        new("Extended-Vendor-Specific-6", AttributePath.Extended(246, 26), Codecs.Evs);
}
