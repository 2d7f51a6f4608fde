using System.Net;
using Kiwire.Radius.Tests.Client;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>A user, a device that he asks, and its engine.</summary>
internal sealed class UsmScene
{
    public static readonly UsmCredentials Private = new()
    {
        User = "monitor",
        AuthenticationProtocol = AuthenticationProtocol.Sha256,
        AuthenticationPassword = "authentication-1",
        PrivacyProtocol = PrivacyProtocol.Aes128,
        PrivacyPassword = "privacy-password-2",
    };

    public static readonly UsmCredentials Plain = new() { User = "plain" };

    public ManualTimeProvider Clock { get; } = new();

    public FakeEngine Engine { get; } = new(Private);

    public SnmpTarget Target { get; } = new(new IPEndPoint(IPAddress.Loopback, SnmpTarget.AgentPort), Private);

    public UsmConversation New(PduType type = PduType.GetRequest) => new(Target, Clock, type);

    /// <summary>Lets the device be known from an answered request.</summary>
    public void Known()
    {
        UsmConversation conversation = New();
        _ = conversation.Receive(Engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        Assert.That(conversation.Receive(Engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby")), Is.EqualTo(Judged.Answered("lobby")));
    }
}
