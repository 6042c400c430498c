package firebee.app

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import firebee.NetworkKind
import firebee.logic.Door
import firebee.logic.Home
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch

/**
 * Tells the core of the network: waits that were for another one end. The system tells it once and early, so that each
 * client hears of it as soon as it is open.
 */
class NetworkWatch(context: Context, private val home: Home, private val scope: CoroutineScope) :
    ConnectivityManager.NetworkCallback() {
    private val networks = context.getSystemService(ConnectivityManager::class.java)
    private val kind = MutableStateFlow<NetworkKind?>(null)

    fun begin() {
        scope.launch {
            val open = home.door.map { (it as? Door.Open)?.shell }.filterNotNull()
            open.combine(kind.filterNotNull(), ::Pair).collect { (shell, now) ->
                runCatching { shell.client.sync().connectivityChanged(now) }
            }
        }
        networks.registerDefaultNetworkCallback(this)
    }

    override fun onCapabilitiesChanged(network: Network, able: NetworkCapabilities) {
        val free = able.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        kind.value = if (free) NetworkKind.UNMETERED else NetworkKind.METERED
    }

    override fun onLost(network: Network) {
        kind.value = NetworkKind.NONE
    }
}
