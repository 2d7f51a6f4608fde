using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Security;

/// <summary>Nobody's: all that can be asked with them is who the agent's engine is.</summary>
internal sealed class EngineProbeCredentials : SnmpCredentials
{
    public static EngineProbeCredentials Instance { get; } = new();

    internal override MessageModel Model { get; } = new EngineProbe();
}
