using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <summary>What a device lets us in by.</summary>
public abstract class SnmpCredentials
{
    private protected SnmpCredentials()
    {
    }

    /// <summary>The version of SNMP that they are for.</summary>
    public SnmpVersion Version => Model.Version;

    /// <summary>How messages are made with them.</summary>
    internal abstract MessageModel Model { get; }
}
