namespace Kiwire.Snmp.Ber;

/// <summary>Tags that are no value's.</summary>
internal static class BerTag
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Sequence = 0x30;
}
