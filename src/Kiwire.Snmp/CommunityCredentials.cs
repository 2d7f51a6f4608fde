using System.Text;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <summary>A community: the password of SNMPv1 and SNMPv2c, which goes over the network as it is.</summary>
public sealed class CommunityCredentials : SnmpCredentials
{
    /// <summary>A community, for one of the two versions.</summary>
    /// <param name="version">SNMPv1 or SNMPv2c.</param>
    /// <param name="community">The community, sent as UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version has no communities.</exception>
    public CommunityCredentials(SnmpVersion version, string community)
    {
        ArgumentNullException.ThrowIfNull(community);
        if (version is not (SnmpVersion.V1 or SnmpVersion.V2c))
        {
            throw new ArgumentOutOfRangeException(nameof(version), version, "Communities are of SNMPv1 and SNMPv2c; SNMPv3 has users.");
        }

        Model = new CommunityModel(version, Encoding.UTF8.GetBytes(community));
    }

    /// <inheritdoc/>
    internal override MessageModel Model { get; }

    /// <summary>The version; never the community.</summary>
    public override string ToString() => $"{Version}, community hidden";
}
