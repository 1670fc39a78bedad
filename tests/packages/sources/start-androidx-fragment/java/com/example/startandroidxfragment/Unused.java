package com.example.startandroidxfragment;

import android.telephony.TelephonyManager;
import android.util.Log;
import androidx.fragment.app.Fragment;

public class Unused extends Fragment {
    @Override
    public void onResume() {
        Log.i("unused", ((TelephonyManager) requireActivity().getSystemService("phone")).getSubscriberId());
    }
}
