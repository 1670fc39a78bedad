package com.example.reflectconstant;

import android.app.Activity;

public class Main extends Activity { }
