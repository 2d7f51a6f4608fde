using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What an entry of the allow list is. Numbers are the database's.</summary>
internal enum GuardAllowedKind
{
    Number = 0,
    Address = 1,
}

/// <summary>A number, or the addresses of a network, that the guard lets alone.</summary>
internal sealed class GuardAllowed
{
    public long TenantId { get; set; }

    public long EntryId { get; set; }

    public GuardAllowedKind Kind { get; set; }

    /// <summary>Digits with the calling code first; an address or prefix.</summary>
    public string Value { get; set; } = "";

    public string Remark { get; set; } = "";

    public long CreatedAt { get; set; }

    public long Version { get; set; } = 1;

    public bool Holds(PhoneNumber phone, IPAddress? address) => Kind switch
    {
        GuardAllowedKind.Number => Value == phone.Digits,
        _ => address is not null && NasAddress.TryParse(Value, out IPNetwork network)
            && network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address),
    };
}
