using Microsoft.Extensions.Logging;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>Waits for something to be logged.</summary>
internal sealed class LogSignal
{
    private readonly Lock _lock = new();
    private readonly List<string> _messages = [];
    private readonly List<(string Text, TaskCompletionSource Said)> _waiting = [];

    public void Add(string message)
    {
        lock (_lock)
        {
            _messages.Add(message);
            foreach ((string text, TaskCompletionSource said) in _waiting)
            {
                if (message.Contains(text, StringComparison.Ordinal))
                {
                    said.TrySetResult();
                }
            }
        }
    }

    /// <summary>Completes when a message with a text in it has been logged; fails after two minutes.</summary>
    public Task WaitAsync(string text)
    {
        lock (_lock)
        {
            if (_messages.Exists(message => message.Contains(text, StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((text, said));
            return said.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
    }
}

internal sealed class SignalLogger<T>(LogSignal signal) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        signal.Add(formatter(state, exception));
}
